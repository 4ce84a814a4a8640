import assert from "node:assert/strict";
import { CloudError } from "../../provider/dist/clouds/errors.js";

const failure = { cloud: "SWAS", operation: "ListInstances", status: 400, retryable: false };

describe("the text of a cloud's refusal", () => {
    it("names the keys to check if they are wrong, without the text that the gateway would have signed", () => {
        const said =
            "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\nab12]";
        const { message } = new CloudError(said, { ...failure, code: "SignatureDoesNotMatch", requestId: "1B2C" });
        assert.equal(
            message,
            "SWAS ListInstances: Specified signature does not match our calculation. (SignatureDoesNotMatch, request 1B2C): " +
                "check machine-images:alibabaAccessKeyId and alibabaAccessKeySecret, " +
                "or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        );
        assert.match(
            new CloudError("no", { ...failure, code: "APIGW.0301" }).message,
            /machine-images:huaweiAccessKey/,
        );
    });

    it("names the address that did not answer, without the parts that may be secret", () => {
        const endpoint = "http://user:secret@127.0.0.1:1/path?token=1";
        const { message } = new CloudError("no answer", { ...failure, status: 0, code: "Unreachable", endpoint });
        assert.equal(
            message,
            "SWAS ListInstances at http://127.0.0.1:1: no answer (Unreachable): check the network and machine-images:endpoint",
        );
    });

    it("is one line, and has no advice for an unknown code", () => {
        const { message } = new CloudError("one\n  two", { ...failure, code: "CustomImageInShare" });
        assert.equal(message, "SWAS ListInstances: one two (CustomImageInShare)");
    });
});

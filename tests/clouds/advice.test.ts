import assert from "node:assert/strict";
import { CloudError } from "../../provider/dist/clouds/errors.js";

const failure = { cloud: "SWAS", operation: "ListInstances", status: 400, retryable: false };

describe("the text of a cloud's refusal", () => {
    it("says which keys to check when they are wrong, without what the gateway would have signed", () => {
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

    it("says where nobody answered, without what may be secret in the address", () => {
        const endpoint = "http://user:secret@127.0.0.1:1/path?token=1";
        const { message } = new CloudError("no answer", { ...failure, status: 0, code: "Unreachable", endpoint });
        assert.equal(
            message,
            "SWAS ListInstances at http://127.0.0.1:1: no answer (Unreachable): check the network and machine-images:endpoint",
        );
    });

    it("is one line, and has no advice where there is none to give", () => {
        const { message } = new CloudError("one\n  two", { ...failure, code: "CustomImageInShare" });
        assert.equal(message, "SWAS ListInstances: one two (CustomImageInShare)");
    });
});

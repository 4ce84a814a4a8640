import assert from "node:assert/strict";
import { bssClient } from "../../../provider/dist/clouds/alibaba/bss.js";
import { publicEndpoint } from "../../../provider/dist/clouds/alibaba/connection.js";
import { ecsClient } from "../../../provider/dist/clouds/alibaba/ecs.js";
import { swasClient } from "../../../provider/dist/clouds/alibaba/swas.js";
import { openWire, type Wire } from "../wire.ts";
import { accessKeyId, accessKeySecret, connectionTo } from "./account.ts";
import { signatureOf, verifies } from "./acs3.ts";
import { done } from "./answers.ts";

describe("signatures of Alibaba Cloud requests", () => {
    let wire: Wire;
    beforeEach(async () => {
        wire = await openWire();
    });
    afterEach(() => wire.close());

    it("the verification in these tests reproduces the published vector", () => {
        // Computed with the official SDK (docs/reference/alibaba-api.md#signatures).
        const { canonicalHash, signature } = signatureOf(
            {
                method: "POST",
                path: "/",
                query: {
                    ImageName: "n a*me(1)~",
                    InstanceId: "ace0706b2ac4454d984295a942130000",
                    RegionId: "cn-hangzhou",
                    SystemSnapshotId: "s-bp16oazlsold4dks0000",
                },
                headers: {
                    host: "127.0.0.1:8080",
                    "x-acs-version": "2020-06-01",
                    "x-acs-action": "CreateCustomImage",
                    "x-acs-date": "2026-01-02T03:04:05Z",
                    "x-acs-signature-nonce": "nonce-1",
                    "x-acs-credentials-provider": "static_ak",
                    "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                },
                body: Buffer.alloc(0),
            },
            accessKeySecret,
        );
        assert.equal(canonicalHash, "ab2d90dd67504d856af6bcab7b85a0558d10ed70f4ae1152724cdfacc2e99131");
        assert.equal(signature, "dd25bd2d617a2cb8049f2b699ca97569b4ec4005882bcf0968ce2f1e69781cb7");
    });

    it("an action is a signed header and its parameters are a signed query, whatever characters they contain", async () => {
        const { connection } = connectionTo(wire);
        wire.play({ body: { ...done, ImageId: "m-1" } });
        await swasClient(connection, "cn-hangzhou").createCustomImage({
            name: "n a*me(1)~",
            description: "täglich 夜 !'&=+%",
            instanceId: "i1",
            systemSnapshotId: "s-1",
            tags: { k: "v", k2: "" },
        });
        const request = wire.only();
        assert.ok(verifies(request, accessKeyId, accessKeySecret));
        assert.equal(verifies(request, accessKeyId, "another secret"), false);
        assert.equal(request.method, "POST");
        assert.equal(request.path, "/");
        assert.equal(request.headers["x-acs-action"], "CreateCustomImage");
        assert.equal(request.headers["x-acs-version"], "2020-06-01");
        assert.equal(request.body.length, 0);
        assert.deepEqual(request.query, {
            RegionId: "cn-hangzhou",
            ImageName: "n a*me(1)~",
            Description: "täglich 夜 !'&=+%",
            InstanceId: "i1",
            SystemSnapshotId: "s-1",
            "Tag.1.Key": "k",
            "Tag.1.Value": "v",
            "Tag.2.Key": "k2",
            "Tag.2.Value": "",
            ClientToken: "token-made-here",
        });
    });

    it("temporary credentials send their token in a signed header", async () => {
        const { connection } = connectionTo(wire);
        wire.play({ body: done });
        const credentials = async () => ({ accessKeyId, accessKeySecret, securityToken: "sts-token" });
        await swasClient({ ...connection, credentials }, "cn-hangzhou").deleteCustomImage("m-1");
        const request = wire.only();
        assert.ok(verifies(request, accessKeyId, accessKeySecret));
        assert.equal(request.headers["x-acs-security-token"], "sts-token");
        assert.match(String(request.headers.authorization), /x-acs-security-token/);
    });

    it("each product gets requests with its own version", async () => {
        const { connection } = connectionTo(wire);
        wire.play({ body: { ...done, Success: true } });
        await ecsClient(connection, "cn-hangzhou").deleteImage({ imageId: "m-1" });
        await bssClient(connection, "cn-hangzhou").refundInstance({
            instanceId: "i",
            productCode: "swas",
            clientToken: "t",
        });
        const versions = wire.requests.map((request) => request.headers["x-acs-version"]);
        assert.deepEqual(versions, ["2014-05-26", "2017-12-14"]);
        assert.ok(wire.requests.every((request) => verifies(request, accessKeyId, accessKeySecret)));
    });

    it("the real endpoints are the documented ones", () => {
        assert.equal(publicEndpoint("swas", "cn-hangzhou"), "https://swas.cn-hangzhou.aliyuncs.com");
        assert.equal(publicEndpoint("ecs", "cn-shanghai"), "https://ecs.cn-shanghai.aliyuncs.com");
        assert.equal(publicEndpoint("bss", "cn-shanghai"), "https://business.aliyuncs.com");
    });

    it("an endpoint without a scheme is named in the error", () => {
        const { connection } = connectionTo(wire);
        assert.throws(() => swasClient({ ...connection, endpointOf: () => "127.0.0.1:80" }, "cn-hangzhou"), {
            name: "UserError",
            message: "the endpoint of swas in cn-hangzhou must be a URL with a scheme",
        });
    });
});

import assert from "node:assert/strict";
import { configKeys, credentialsFrom, pollMsFrom, whereFrom } from "../../provider/dist/clouds/settings.js";

const config =
    (values: Record<string, string> = {}) =>
    (key: string) =>
        values[key];

describe("the stack's configuration", () => {
    it("names a simulator by endpoint, an embedded one, or the real clouds", () => {
        assert.deepEqual(whereFrom(config({ [configKeys.endpoint]: "http://127.0.0.1:1/" })), {
            kind: "endpoint",
            url: "http://127.0.0.1:1",
        });
        assert.deepEqual(whereFrom(config({ [configKeys.simulator]: "embedded" })), {
            kind: "embedded",
            data: ".machine-images/simulator.db",
            clock: "scaled:60",
        });
        assert.deepEqual(whereFrom(config()), { kind: "public" });
        assert.deepEqual(whereFrom(config({ [configKeys.simulator]: "off" })), { kind: "public" });
    });

    it("is refused with the key's name when it makes no sense", () => {
        assert.throws(() => whereFrom(config({ [configKeys.endpoint]: "localhost:1" })), /endpoint is no http/);
        assert.throws(() => whereFrom(config({ [configKeys.simulator]: "yes" })), /simulator "yes" is not known/);
        assert.throws(
            () => pollMsFrom(config({ [configKeys.pollSeconds]: "0" }), { kind: "public" }),
            /pollSeconds "0" is not possible/,
        );
    });

    it("keeps within the real clouds' quota, and hurries with a simulation that hurries", () => {
        assert.equal(pollMsFrom(config(), { kind: "public" }), 6000);
        assert.equal(pollMsFrom(config(), { kind: "endpoint", url: "http://127.0.0.1:1" }), 6000);
        const embedded = (clock: string) => pollMsFrom(config(), { kind: "embedded", data: "x", clock });
        assert.equal(embedded("scaled:60"), 100);
        assert.equal(embedded("real"), 6000);
        assert.equal(embedded("auto"), 50);
        assert.equal(pollMsFrom(config({ [configKeys.pollSeconds]: "0.5" }), { kind: "public" }), 500);
    });

    it("holds the keys, else the variables that the clouds' own tools read, never half of each", () => {
        const keys = { [configKeys.alibabaAccessKeyId]: "id", [configKeys.alibabaAccessKeySecret]: "secret" };
        const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: "env-id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "env-secret" };
        assert.equal(credentialsFrom("alibaba", config(keys), environment).accessKeyId, "id");
        assert.equal(credentialsFrom("alibaba", config(), environment).accessKeySecret, "env-secret");
        assert.throws(() => credentialsFrom("alibaba", config({ [configKeys.alibabaAccessKeyId]: "id" }), environment));
        const huawei = { HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk" };
        assert.equal(credentialsFrom("huawei", config(), huawei).accessKeyId, "ak");
    });

    it("tells how to set missing keys, without showing those that are there", () => {
        const half = config({ [configKeys.huaweiSecretKey]: "my-secret" });
        assert.throws(
            () => credentialsFrom("huawei", half, {}),
            (error) =>
                error instanceof Error &&
                /pulumi config set machine-images:huaweiAccessKey/.test(error.message) &&
                /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK/.test(error.message) &&
                !error.message.includes("my-secret"),
        );
    });
});

import assert from "node:assert/strict";
import { connectClouds, newShared, type Shared } from "../../provider/dist/clouds/connect.js";
import { fakeTime } from "./wire.ts";

const config: Record<string, string> = {
    "machine-images:endpoint": "http://127.0.0.1:1",
    "machine-images:alibabaAccessKeyId": "id",
    "machine-images:alibabaAccessKeySecret": "secret",
    "machine-images:huaweiAccessKey": "ak",
    "machine-images:huaweiSecretKey": "sk",
    "machine-images:accounts": JSON.stringify({ partner: { accessKeyId: "id-2", accessKeySecret: "secret-2" } }),
};

/** What one handler has: its own copy of the same configuration. */
function handler(shared?: Shared) {
    const read = (key: string) => config[key];
    return connectClouds({ config: read, environment: {}, time: fakeTime(), random: () => 0.5, shared });
}

const hangzhou = { type: "alibaba", region: "cn-hangzhou" } as const;
const frankfurt = { type: "huawei", region: "eu-de" } as const;

describe("connections", () => {
    it("to the same account and region are shared by all handlers", async () => {
        const shared = newShared();
        const [one, other] = [handler(shared), handler(shared)];
        assert.equal(await one.alibaba(hangzhou), await other.alibaba({ ...hangzhou }));
        assert.equal(await one.huawei(frankfurt), await other.huawei({ ...frankfurt }));
        const region = await one.alibaba(hangzhou);
        assert.equal(region.elsewhere("cn-shanghai"), await other.alibaba({ ...hangzhou, region: "cn-shanghai" }));
    });

    it("to another account, region or backup service are different", async () => {
        const clouds = handler(newShared());
        assert.notEqual(await clouds.alibaba(hangzhou), await clouds.alibaba({ ...hangzhou, account: "partner" }));
        assert.notEqual(await clouds.alibaba(hangzhou), await clouds.alibaba({ ...hangzhou, region: "cn-shanghai" }));
        assert.notEqual(await clouds.huawei(frankfurt), await clouds.huawei({ ...frankfurt, profile: "csbs" }));
    });

    it("are separate if nothing is shared", async () => {
        assert.notEqual(await handler().alibaba(hangzhou), await handler().alibaba(hangzhou));
    });
});

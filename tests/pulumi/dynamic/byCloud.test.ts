import assert from "node:assert/strict";
import type { DynamicProvider } from "../../../provider/dist/pulumi/dynamic/adapter.js";
import { byCloud } from "../../../provider/dist/pulumi/dynamic/byCloud.js";

/** A provider that records its calls. */
function recording(name: string, asked: string[]): DynamicProvider {
    const note = <T>(what: string, answer: T): T => {
        asked.push(`${name} ${what}`);
        return answer;
    };
    return {
        configure: () => note("configure", undefined),
        check: async (_olds, news) => note("check", { inputs: news, failures: [] }),
        diff: async () => note("diff", { replaces: ["cloud"], deleteBeforeReplace: false }),
        create: async (news) => note("create", { id: name, outs: news }),
        read: async (id) => note("read", { id }),
        update: async (_id, _olds, news) => note("update", { outs: news }),
        delete: async () => note("delete", undefined),
        cleanUp: async () => note("cleanUp", undefined),
    };
}

describe("a resource that differs between clouds", () => {
    const alibaba = { cloud: { type: "alibaba", region: "cn-hangzhou" } };
    const huawei = { cloud: { type: "huawei", region: "eu-de" } };
    let asked: string[];
    let provider: DynamicProvider;
    beforeEach(() => {
        asked = [];
        provider = byCloud({ alibaba: recording("alibaba", asked), huawei: recording("huawei", asked) });
    });

    it("is created, updated and read by the provider of its cloud", async () => {
        await provider.check({}, huawei);
        await provider.create(huawei);
        await provider.read("id", huawei);
        await provider.update("id", alibaba, alibaba);
        await provider.cleanUp({ urn: "", owner: undefined, inputs: huawei }, "delete");
        const expected = ["huawei check", "huawei create", "huawei read", "alibaba update", "huawei cleanUp"];
        assert.deepEqual(asked, expected);
    });

    it("is created in the new cloud and deleted in the old one if its cloud changes", async () => {
        await provider.check(alibaba, huawei);
        await provider.diff("id", alibaba, huawei);
        await provider.create(huawei);
        await provider.delete("id", alibaba);
        assert.deepEqual(asked, ["huawei check", "huawei diff", "huawei create", "alibaba delete"]);
    });

    it("configures both providers", () => {
        provider.configure({ config: { get: () => undefined } });
        assert.deepEqual(asked, ["alibaba configure", "huawei configure"]);
    });

    it("is refused if it names neither cloud", async () => {
        for (const cloud of [undefined, null, "alibaba", {}, { type: "aws", region: "eu-west-1" }]) {
            const { failures } = await provider.check({}, { cloud });
            assert.deepEqual(failures, [{ property: "", reason: "cloud: must be alibaba({ … }) or huawei({ … })" }]);
        }
        assert.deepEqual(asked, []);
    });
});

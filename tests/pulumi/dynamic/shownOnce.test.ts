import assert from "node:assert/strict";
import { z } from "zod";
import { CloudError, UserError } from "../../../provider/dist/clouds/errors.js";
import { adapt, type DynamicProvider } from "../../../provider/dist/pulumi/dynamic/adapter.js";
import { byCloud } from "../../../provider/dist/pulumi/dynamic/byCloud.js";
import type { Handler } from "../../../provider/dist/pulumi/dynamic/handler.js";
import { dropShownErrors, shownOnce } from "../../../provider/dist/pulumi/dynamic/shownOnce.js";

type Inputs = { region: string };

const given = { __provider: "exports.handler = …", __urn: "dev::p::~Test::golden", region: "eu" };

function failing(error: unknown): DynamicProvider {
    const fail = () => Promise.reject(error);
    const handler: Handler<Inputs, object> = {
        inputs: z.strictObject({ region: z.string() }),
        replaceOn: [],
        preflight: fail,
        create: fail,
        read: fail,
        update: fail,
        delete: fail,
    };
    const nothing = () => {};
    return adapt(handler, () => ({
        clouds: { pollMs: 1, speed: 1, alibaba: fail, huawei: fail },
        time: { now: () => 0, sleep: async () => {} },
        report: nothing,
        warn: nothing,
        whenSaved: nothing,
    }));
}

const steps: Record<string, (provider: DynamicProvider) => Promise<unknown>> = {
    check: (provider) => provider.check({}, given),
    read: (provider) => provider.read("i-1", given),
    delete: (provider) => provider.delete("i-1", given),
};

/** Handles the error of a step as Pulumi's plugin does. @returns the plugin's response to the engine */
async function asPlugin(step: Promise<unknown>, output: Pick<Console, "error">): Promise<string> {
    try {
        await step;
    } catch (error) {
        if (!(error instanceof Error)) throw error;
        output.error(`${error}: ${error.stack}`);
        return error.message;
    }
    return "";
}

describe("an error of a step in Pulumi's plugin", () => {
    let printed: unknown[][];
    let output: Pick<Console, "error">;
    beforeEach(() => {
        printed = [];
        output = { error: (...parts: unknown[]) => void printed.push(parts) };
        dropShownErrors(output);
    });

    for (const [name, step] of Object.entries(steps)) {
        it(`is returned to the engine and not printed: ${name}`, async () => {
            const error = new UserError("say what to do");
            assert.equal(await asPlugin(step(shownOnce(failing(error))), output), "say what to do");
            const cloud = new CloudError("too many", {
                cloud: "SWAS",
                operation: "ListImages",
                code: "Throttling",
                status: 503,
                retryable: true,
            });
            assert.match(await asPlugin(step(shownOnce(failing(cloud))), output), /too many/);
            assert.equal(await asPlugin(step(shownOnce(failing("no error object"))), output), "no error object");
            assert.deepEqual(printed, []);
        });
    }

    it("is not printed if the cloud is unknown", async () => {
        const provider = failing(new UserError("not reached"));
        const either = shownOnce(byCloud({ alibaba: provider, huawei: provider }));
        for (const step of [either.diff("i-1", {}, {}), either.read("i-1", {}), either.delete("i-1", {})]) {
            assert.match(await asPlugin(step, output), /unknown cloud/);
        }
        assert.deepEqual(printed, []);
    });

    it("keeps the properties that the engine saves", async () => {
        const saved = {
            message: "too slow",
            id: "i-9",
            properties: { region: "eu" },
            reasons: ["too slow"],
            stack: "",
        };
        const error = Object.assign(new Error("too slow"), saved);
        const provider = shownOnce({ ...failing(error), read: () => Promise.reject(error) });
        await assert.rejects(provider.read("i-9", given), saved);
    });

    it("is printed unchanged if it is of another provider, like all other output", async () => {
        await asPlugin(Promise.reject(new TypeError("of another provider")), output);
        output.error("%s of %s", 1, 2);
        output.error("pulumi-machine-images: the engine shows this error");
        output.error();
        assert.match(String(printed[0]), /^TypeError: of another provider: TypeError: of another provider\n/);
        assert.deepEqual(printed.slice(1), [
            ["%s of %s", 1, 2],
            ["pulumi-machine-images: the engine shows this error"],
            [],
        ]);
    });
});

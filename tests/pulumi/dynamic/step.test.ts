import assert from "node:assert/strict";
import { z } from "zod";
import { CloudError } from "../../../provider/dist/clouds/errors.js";
import { withRetries } from "../../../provider/dist/clouds/retry.js";
import { adapt, type DynamicProvider } from "../../../provider/dist/pulumi/dynamic/adapter.js";
import type { Handler, HandlerContext } from "../../../provider/dist/pulumi/dynamic/handler.js";
import { waitUntil } from "../../../provider/dist/reconcile/polling/waiting.js";
import { plainClock, virtualTime } from "../../virtualTime.ts";

const limited = z.object({
    create: z.string().optional(),
    update: z.string().optional(),
    delete: z.string().optional(),
});
const inputs = z.object({ size: z.string(), timeouts: limited.optional() });
type Inputs = z.infer<typeof inputs>;

const throttled = () =>
    new CloudError("flow control", {
        cloud: "SWAS",
        operation: "ListDisks",
        code: "Throttling.User",
        status: 400,
        retryable: true,
        throttled: true,
    });

/** A provider whose steps all do the same. */
function serve(work: (context: HandlerContext) => Promise<unknown>) {
    const time = virtualTime(plainClock(0));
    const shown: string[] = [];
    const never = () => Promise.reject(new Error("not used"));
    const handler: Handler<Inputs, object> = {
        inputs,
        replaceOn: [],
        timeLimits: { create: "60m", update: "30m", delete: "10m" },
        preflight: async (context) => {
            await work(context);
            return [];
        },
        create: async (context) => {
            context.checkpoint("i-1", {});
            await work(context);
            return { id: "i-1", state: {} };
        },
        read: async (context) => {
            await work(context);
            return { inputs: {}, state: {} };
        },
        update: async (context) => {
            await work(context);
            return {};
        },
        delete: async (context) => void (await work(context)),
    };
    const provider = adapt(handler, () => ({
        clouds: { pollMs: 6000, speed: 1, alibaba: never, huawei: never },
        time,
        report: (message) => void shown.push(message),
        warn: () => {},
        whenSaved: () => {},
    }));
    return { time, shown, provider };
}

const busy = ({ time }: HandlerContext) =>
    withRetries(() => Promise.reject(throttled()), { time, random: () => 0.5, idempotent: true });

type Ask = (provider: DynamicProvider, properties: object) => Promise<unknown>;

const steps: [string, Ask, number, string | undefined][] = [
    ["create", (provider, news) => provider.create({ ...news }), 3_600_000, "timeouts.create"],
    ["update", (provider, news) => provider.update("i-1", {}, { ...news }), 1_800_000, "timeouts.update"],
    ["delete", (provider, olds) => provider.delete("i-1", { ...olds }), 600_000, "timeouts.delete"],
    ["check", (provider, news) => provider.check({}, { ...news }), 120_000, undefined],
    ["read", (provider, olds) => provider.read("i-1", { ...olds }), 120_000, undefined],
];

describe("the time limit of a resource's step", () => {
    for (const [name, ask, otherwise, setting] of steps) {
        it(`${name} stops retrying a throttled request at the timeout, also the default one`, async () => {
            const timeouts = { create: "20s", update: "20s", delete: "20s" };
            for (const [given, limit] of [
                [{ size: "s" }, otherwise],
                [{ size: "s", timeouts }, 20_000],
            ] as const) {
                const { time, provider, shown } = serve(busy);
                const failed = time.run(() => ask(provider, given));
                await assert.rejects(failed, (error: Error) => {
                    assert.match(error.message, /SWAS ListDisks: flow control .*(gave up|timed out)/);
                    return setting === undefined || error.message.includes(`increase ${setting}`);
                });
                assert.ok(time.now() <= limit && time.now() > limit * 0.9, `${time.now()} of ${limit} ms`);
                assert.match(shown[0] ?? "", /flow control; retrying in/);
            }
        });
    }

    it("keeps the id of an object that was created before", async () => {
        const { time, provider } = serve(busy);
        const failed = time.run(() => provider.create({ size: "s", timeouts: { create: "20s" } }));
        await assert.rejects(failed, { id: "i-1" });
    });

    it("covers all waits together, and each names what it waited for", async () => {
        const { time, provider } = serve(async (context) => {
            await context.time.sleep(12_000);
            const poll = async () => ({ pending: "creating the image" });
            await waitUntil({ context, what: "image m-1", poll, limit: 20_000 });
        });
        const failed = time.run(() => provider.create({ size: "s", timeouts: { create: "20s" } }));
        await assert.rejects(
            failed,
            /waiting for image m-1 timed out after 20 s \(creating the image\)\. Run the same/,
        );
        assert.equal(time.now(), 20_000);
    });

    it("shows the message again after a successful retry", async () => {
        let calls = 0;
        const { time, provider, shown } = serve(async ({ report, time }) => {
            report("creating the image");
            const call = () => (calls++ === 0 ? Promise.reject(throttled()) : Promise.resolve());
            await withRetries(call, { time, random: () => 0.5, idempotent: true });
        });
        await time.run(() => provider.update("i-1", {}, { size: "s" }));
        assert.equal(shown.at(-1), "creating the image");
    });

    it("accepts a timeout of years, which no timer supports", async () => {
        const { time, provider } = serve(async ({ time }) => time.sleep(1000));
        await time.run(() => provider.create({ size: "s", timeouts: { create: "99999h" } }));
        assert.equal(time.now(), 1000);
    });
});

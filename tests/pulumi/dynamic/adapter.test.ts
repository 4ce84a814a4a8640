import assert from "node:assert/strict";
import { z } from "zod";
import { UserError } from "../../../provider/dist/clouds/errors.js";
import { adapt } from "../../../provider/dist/pulumi/dynamic/adapter.js";
import type { Handler } from "../../../provider/dist/pulumi/dynamic/handler.js";
import { Run } from "../../../provider/dist/pulumi/dynamic/run.js";
import { unreadableStates } from "../../../provider/dist/pulumi/dynamic/stackStates.js";

interface Inputs {
    region: string;
    name?: string;
    tags?: Record<string, string>;
}
interface State {
    status: string;
    when?: Date;
}

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const plumbing = { __provider: "exports.handler = …", __urn: "dev::p::~Test::golden" };

const working: Handler<Inputs, State> = {
    inputs: z.strictObject({
        region: z.string().min(2, "must have two characters"),
        name: z.string().optional(),
        tags: z.record(z.string(), z.string()).optional(),
    }),
    replaceOn: ["region", "name"],
    uniqueInputs: ["name"],
    create: async () => ({ id: "i-1", state: { status: "ready", when: new Date(0) } }),
    read: async () => ({ inputs: { tags: { seen: "1" } }, state: { status: "ready" } }),
    update: async () => ({ status: "updated" }),
    delete: async () => {},
};

const context = {
    clouds: {
        pollMs: 1,
        speed: 1,
        alibaba: () => Promise.reject(new Error("not used")),
        huawei: () => Promise.reject(new Error("not used")),
    },
    time: { now: () => 0, sleep: async () => {} },
    report: () => {},
    warn: () => {},
    whenSaved: () => {},
};

const serve = (handler: Partial<Handler<Inputs, State>> = {}) => adapt({ ...working, ...handler }, () => context);

describe("the adapter between Pulumi's plugin and a handler", () => {
    it("shows equal warnings once in a run, whichever resource they come from", async () => {
        const warnings: string[] = [];
        const shared = { run: new Run(), states: unreadableStates };
        const warn = (message: string) => void warnings.push(message);
        const provider = adapt(
            {
                ...working,
                create: async (work) => {
                    work.warn("the image is old");
                    work.warn(`about ${work.news.region}`);
                    return { id: "i-1", state: { status: "ready" } };
                },
            },
            () => ({ ...context, warn }),
            shared,
        );
        await provider.create({ ...plumbing, region: "eu" });
        await provider.create({ ...plumbing, region: "us" });
        assert.deepEqual(warnings, ["the image is old", "about eu", "about us"]);
    });

    it("returns inputs, state and internal keys as plain JSON", async () => {
        const { id, outs } = await serve().create({ ...plumbing, region: "eu", tags: { a: "1" } });
        assert.equal(id, "i-1");
        assert.deepEqual(outs, {
            ...plumbing,
            region: "eu",
            tags: { a: "1" },
            status: "ready",
            when: "1970-01-01T00:00:00.000Z",
        });
    });

    it("hides the internal keys from the handler", async () => {
        let seen: unknown;
        const provider = serve({
            create: async ({ news }) => {
                seen = news;
                return { id: "i-1", state: { status: "ready" } };
            },
        });
        await provider.create({ ...plumbing, region: "eu" });
        assert.deepEqual(seen, { region: "eu" });
    });

    it("keeps id, state and internal keys of an object that was created before a failure", async () => {
        const provider = serve({
            create: async ({ checkpoint }) => {
                checkpoint("i-9", { status: "creating" });
                throw new UserError("too slow");
            },
        });
        await assert.rejects(provider.create({ ...plumbing, region: "eu" }), {
            message: "too slow",
            id: "i-9",
            properties: { ...plumbing, region: "eu", status: "creating" },
            reasons: ["too slow"],
            stack: "",
        });
    });

    it("keeps nothing of an object that was deleted after a failure", async () => {
        const provider = serve({
            create: async ({ checkpoint, clearCheckpoint }) => {
                checkpoint("i-9", { status: "creating" });
                clearCheckpoint();
                throw new UserError("failed for good");
            },
        });
        await assert.rejects(
            provider.create({ ...plumbing, region: "eu" }),
            (error) => !Object.hasOwn(Object(error), "id"),
        );
    });

    it("reports problems of known inputs only", async () => {
        const provider = serve();
        const wrong = await provider.check({}, { ...plumbing, region: "e", tags: { a: unknown } });
        assert.deepEqual(wrong.failures, [{ property: "", reason: "region: must have two characters" }]);
        const unsure = await provider.check({}, { ...plumbing, region: unknown, name: unknown, tags: unknown });
        assert.deepEqual(unsure.failures, []);
    });

    it("sends requests in check only if everything is known and valid", async () => {
        let asked = 0;
        const provider = serve({
            preflight: async () => {
                asked++;
                return [{ property: "name", reason: "is taken" }];
            },
        });
        await provider.check({}, { ...plumbing, region: unknown });
        await provider.check({}, { ...plumbing, region: "e" });
        assert.equal(asked, 0);
        const { failures } = await provider.check({}, { ...plumbing, region: "eu" });
        assert.deepEqual(failures, [{ property: "", reason: "name: is taken" }]);
    });

    it("adds the preview inputs of a handler although some inputs are unknown, and fails with its problems", async () => {
        const asked: unknown[] = [];
        const provider = serve({
            previewInputs: async ({ inputs, olds }) => {
                asked.push(olds);
                const problems = inputs.region === "no" ? [{ property: "region", reason: "is closed" }] : [];
                return { inputs: { tags: { erases: "disk" } }, problems };
            },
        });
        const { inputs, failures } = await provider.check(
            { region: "eu" },
            { ...plumbing, region: "eu", name: unknown },
        );
        assert.deepEqual([inputs.tags, failures], [{ erases: "disk" }, []]);
        const refused = await provider.check({}, { ...plumbing, region: "no" });
        assert.deepEqual(refused.failures, [{ property: "", reason: "region: is closed" }]);
        await provider.check({}, { ...plumbing, region: "x" });
        assert.deepEqual(asked, [{ region: "eu" }, undefined], "not called for malformed inputs");
    });

    it("keeps the URN of the owner ids when a resource is renamed", async () => {
        const { inputs } = await serve().check({ region: "eu", __urn: "urn:old" }, { ...plumbing, region: "eu" });
        assert.equal(inputs.__urn, "urn:old");
    });

    it("does not tell whether anything changed, so that the engine computes a detailed difference", async () => {
        const diff = await serve().diff("i-1", { region: "eu" }, { region: "eu", tags: { a: "1" } });
        assert.deepEqual(diff, { replaces: [], deleteBeforeReplace: false });
        assert.ok(!("changes" in diff));
    });

    it("replaces for a changed or unknown input, delete before create only if a given name stays the same", async () => {
        const diff = (olds: object, news: object) => serve().diff("i-1", { ...olds }, { ...plumbing, ...news });
        assert.deepEqual(await diff({ region: "eu" }, { region: "us" }), {
            replaces: ["region"],
            deleteBeforeReplace: false,
        });
        assert.deepEqual((await diff({ region: "eu" }, { region: unknown })).replaces, ["region"]);
        assert.equal((await diff({ region: "eu", name: "n" }, { region: "us", name: "n" })).deleteBeforeReplace, true);
        assert.equal((await diff({ region: "eu", name: "n" }, { region: "us", name: "m" })).deleteBeforeReplace, false);
    });

    it("does not delete the object that it has just created, although the engine considers it the old one", async () => {
        const deleted: string[] = [];
        const remove: Handler<Inputs, State>["delete"] = async ({ id }) => void deleted.push(id);
        const provider = serve({ delete: remove });
        await provider.create({ ...plumbing, region: "eu" });
        await provider.delete("i-1", plumbing);
        assert.deepEqual(deleted, []);
        await provider.delete("i-0", plumbing);
        await serve({ delete: remove }).delete("i-1", plumbing);
        assert.deepEqual(deleted, ["i-0", "i-1"]);
    });

    it("names a misspelt input although others are unknown", async () => {
        const { failures } = await serve().check({}, { ...plumbing, region: unknown, tgs: "1" });
        assert.match(failures.map(({ reason }) => reason).join(), /tgs/);
    });

    it("omits the defaults of a handler", async () => {
        const provider = serve({ normalise: ({ name: _name, ...rest }) => rest });
        assert.deepEqual((await provider.check({}, { ...plumbing, region: "eu", name: "x" })).inputs, {
            region: "eu",
            __urn: plumbing.__urn,
        });
    });

    it("reads inputs as the cloud has them, and nothing if the object does not exist any more", async () => {
        const outs = { ...plumbing, region: "eu", status: "ready", tags: { a: "1" } };
        assert.deepEqual(await serve().read("i-1", outs), {
            id: "i-1",
            props: { ...outs, tags: { seen: "1" } },
            inputs: { ...plumbing, region: "eu", tags: { seen: "1" } },
        });
        assert.deepEqual(await serve({ read: async () => undefined }).read("i-1", outs), {});
    });

    it("shows an error as one line, without a stack trace", async () => {
        const failing = () => Promise.reject(new UserError("say what to do"));
        const provider = serve({ delete: failing, read: failing, update: failing, preflight: failing });
        const bare = { message: "say what to do", stack: "" };
        await assert.rejects(provider.delete("i-1", plumbing), bare);
        await assert.rejects(provider.read("i-1", plumbing), bare);
        await assert.rejects(provider.update("i-1", plumbing, { ...plumbing, region: "eu" }), bare);
        await assert.rejects(provider.check({}, { ...plumbing, region: "eu" }), bare);
    });
});

import assert from "node:assert/strict";
import { asDeclaredNow } from "../../../provider/dist/pulumi/dynamic/declaredOptions.js";
import { statesOf, unreadableStates } from "../../../provider/dist/pulumi/dynamic/stackStates.js";

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "…" };
const urn = (name: string, stack = "dev") => `urn:pulumi:${stack}::shop::type::${name}`;
const owner = { id: "0123456789abcdef", generation: 2 };
const own = { __owner: "0123456789abcdef.2" };

/** The states of stacks with these resources. */
const states = (resources: object[], pending: object[] = []) =>
    statesOf(async () => JSON.parse(JSON.stringify([{ deployment: { resources, pending_operations: pending } }])));

describe("the states of the stacks in the backend", () => {
    it("contain the current URN of an object, and other objects with the same URN", async () => {
        const held = states([
            { urn: urn("web"), id: "new", inputs: own },
            { urn: urn("web"), id: "old", delete: true, inputs: own },
            { urn: urn("other", "prod"), id: "old", inputs: {} },
        ]);
        assert.deepEqual(await held.placeOf("old", owner), { urn: urn("web"), ids: ["new", "old"] });
        assert.equal((await held.placeOf("old", undefined))?.urn, urn("web"));
        assert.equal(await held.placeOf("none", owner), undefined);
        assert.equal(await unreadableStates.placeOf("old", owner), undefined);
    });

    it("find resources by the value of an input, including pending deletions and creates", async () => {
        const inputs = { image: "m-1" };
        const held = states(
            [
                { urn: urn("a"), id: "a", inputs },
                { urn: urn("b"), id: "b", inputs, delete: true },
                { urn: urn("c"), id: "c", inputs: { image: "m-2" } },
            ],
            [{ type: "creating", resource: { urn: urn("d"), inputs } }],
        );
        const found = await held.withInput("image", "m-1");
        assert.ok(found !== "unknown");
        assert.deepEqual(
            found.map((one) => one.urn),
            [urn("a"), urn("b"), urn("d")],
        );
        assert.equal(await unreadableStates.withInput("image", "m-1"), "unknown");
    });

    it("do not find resources by an input that is secret somewhere", async () => {
        const held = states([{ urn: urn("a"), id: "a", inputs: { image: secret } }]);
        assert.equal(await held.withInput("image", "m-1"), "unknown");
    });

    it("show whether the engine retains an object", async () => {
        const held = states([
            { urn: urn("a"), id: "a", retainOnDelete: true },
            { urn: urn("b"), id: "b" },
        ]);
        assert.equal((await held.at(urn("a")))?.isRetained, true);
        assert.equal((await held.at(urn("b")))?.isRetained, false);
    });
});

describe("the options of a deletion", () => {
    const names = new Set(["onDelete", "deleteProtection", "tags"]);
    const olds = { onDelete: { unshare: true }, deleteProtection: true, tags: { team: "web" } };

    it("are the ones declared now, also if they are omitted now", () => {
        const now = { deleteProtection: false, tags: { team: "app" } };
        assert.deepEqual(asDeclaredNow(olds, names, now), {
            onDelete: undefined,
            deleteProtection: false,
            tags: { team: "web" },
        });
        assert.deepEqual(asDeclaredNow(olds, names, undefined), olds);
    });

    it("stay unchanged if they are secret in the state", () => {
        const now = { onDelete: { unshare: secret }, deleteProtection: secret };
        assert.deepEqual(asDeclaredNow(olds, names, now), olds);
    });
});

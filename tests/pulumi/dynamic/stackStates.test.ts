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
    it("tell the URN that an object has now, and whether others have it, too", async () => {
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

    it("tell who has a value of an input: also what waits for its deletion, and what has begun", async () => {
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

    it("do not tell who has a value where one is secret", async () => {
        const held = states([{ urn: urn("a"), id: "a", inputs: { image: secret } }]);
        assert.equal(await held.withInput("image", "m-1"), "unknown");
    });

    it("tell whether the engine leaves an object alone", async () => {
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

    it("are those that are declared now, also when they are left out", () => {
        const now = { deleteProtection: false, tags: { team: "app" } };
        assert.deepEqual(asDeclaredNow(olds, names, now), {
            onDelete: undefined,
            deleteProtection: false,
            tags: { team: "web" },
        });
        assert.deepEqual(asDeclaredNow(olds, names, undefined), olds);
    });

    it("stay as they were where a state keeps them secret", () => {
        const now = { onDelete: { unshare: secret }, deleteProtection: secret };
        assert.deepEqual(asDeclaredNow(olds, names, now), olds);
    });
});

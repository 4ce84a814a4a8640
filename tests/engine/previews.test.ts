import assert from "node:assert/strict";
import { everyResource, type Written } from "./everyResource.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const images = { golden: "update", "golden-cn-shanghai": "update", own: "update", base: "update", erp: "update" };
const servers = { web: "update", api: "update", twin: "update" };
const shares = {
    "to-ecs": "update",
    "to-accounts": "update",
    "base-to-partner": "update",
    "to-partner": "update",
};

/** The operations that a preview shows for a change of the program. All other resources stay the same. */
const changes: readonly [string, Written, Record<string, string>][] = [
    ["nothing", {}, {}],
    ["defaults written out", { isVerbose: true }, {}],
    ["a changed tag", { tags: { team: "app" } }, { ...images, ...servers }],
    [
        "other timeouts",
        { timeouts: { create: "2h" } },
        { ...images, "golden-cn-shanghai": "same", ...servers, ...shares },
    ],
    ["what happens to shares on delete", { options: { onDelete: { unshare: true } } }, images],
    ["versions to keep", { options: { keepVersions: 1 } }, images],
    ["protection from deletion", { options: { deleteProtection: true } }, images],
    ["how long a run waits", { options: { wait: "none" } }, images],
    ["another description of a full-ECS image", { description: "second" }, { erp: "update" }],
    [
        "names that the cloud can change",
        { names: { image: "erp-2", server: "twin-2", simpleServer: "web-2" } },
        { erp: "update", twin: "update", web: "update" },
    ],
];

describe("previews of a program with every resource, on the real engine", () => {
    let world: EngineStack;
    before(async () => {
        world = await engineStack("previews");
        world.use(everyResource());
        await world.up();
        world.changes();
    });
    after(() => world.close());

    it("a second up plans nothing and does nothing", async () => {
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(world.changes(), []);
    });

    it("a refresh changes nothing", async () => {
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
    });

    for (const [what, written, expected] of changes) {
        it(`${what}: ${Object.keys(expected).join(", ") || "nothing"} is planned, and nothing else`, async () => {
            world.use(everyResource(written));
            const { operations } = await world.preview();
            const planned = Object.entries(operations).filter(([, operation]) => operation !== "same");
            const wanted = Object.entries(expected).filter(([, operation]) => operation !== "same");
            assert.deepEqual(Object.fromEntries(planned), Object.fromEntries(wanted));
            assert.deepEqual(world.changes(), [], "a preview changes nothing");
        });
    }

    it("a changed tag is set on each object by one call, and then nothing is planned", async () => {
        world.use(everyResource({ tags: { team: "app" } }));
        await world.up();
        const changes = world.changes();
        assert.equal(changes.length, Object.keys({ ...images, ...servers }).length, changes.join(", "));
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
    });

    it("destroy leaves nothing behind", async () => {
        await world.destroy();
        assert.deepEqual(world.left(), []);
    });
});

import assert from "node:assert/strict";
import { rowsOf } from "../clock/movedClocks.ts";
import { blocked, deletables, failureOf, holds, inputsOf } from "./obstacles.ts";
import { type Simulated, simulated } from "./simulated.ts";

describe("a replaced object whose deletion failed in an earlier run", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    for (const { deletable, obstacle } of rowsOf(blocked)) {
        const { creation, replacing } = deletable;
        const { name, blocking, clearing, advice, why, put, isKept } = obstacle;

        it(`of ${creation.name} is deleted by the options declared now: ${name}`, async () => {
            const inputs = { ...(await inputsOf(deletable, world)), ...(put ? {} : clearing) };
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            const { id } = resource;
            const next = { ...inputs, ...replacing };
            assert.equal(await resource.upWithoutDeletion(next), "replace");
            assert.ok(holds(world, id));
            await put?.(world, String(id));
            const message = await failureOf(resource.up({ ...next, ...blocking }));
            assert.ok(message.includes(why), message);
            if (advice.startsWith("a longer")) assert.match(message, /increase timeouts/);
            else assert.ok(message.endsWith(`set ${advice} and run "pulumi up"`), message);
            assert.ok(holds(world, id), "refused, and not deleted");
            await resource.up({ ...next, ...clearing });
            assert.equal(holds(world, id), isKept === true);
            assert.equal(await resource.up({ ...next, ...clearing }), "same");
        });

        it(`of ${creation.name} is destroyed with the stack by the last declared options: ${name}`, async () => {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up({ ...inputs, ...clearing });
            const { id } = resource;
            await resource.upWithoutDeletion({ ...inputs, ...replacing, ...clearing });
            await put?.(world, String(id));
            await resource.destroy();
            assert.equal(holds(world, id), isKept === true);
        });
    }

    const withChildren = ["CustomImage", "EcsImage", "FullEcsImage"];
    for (const deletable of deletables.filter(({ creation }) => withChildren.includes(creation.name))) {
        const { creation, replacing } = deletable;
        it(`of ${creation.name} keeps its children if onDelete.children is now "retain"`, async () => {
            const inputs = await inputsOf(deletable, world);
            const before = world.left();
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            const { id } = resource;
            const children = world.left().filter((held) => !before.includes(held) && !held.endsWith(` ${id}`));
            assert.ok(children.length > 0);
            await resource.upWithoutDeletion({ ...inputs, ...replacing });
            await resource.up({ ...inputs, ...replacing, onDelete: { children: "retain" } });
            assert.ok(!holds(world, id));
            const left = world.left();
            assert.deepEqual(
                children.filter((child) => !left.includes(child)),
                [],
            );
        });
    }
});

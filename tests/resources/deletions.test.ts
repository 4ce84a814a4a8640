import assert from "node:assert/strict";
import { rowsOf } from "../clock/movedClocks.ts";
import { blocked, failureOf, holds, inputsOf, urnOf } from "./obstacles.ts";
import { type Simulated, simulated } from "./simulated.ts";

describe("the deletion of a resource that is not declared any more", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    for (const { deletable, obstacle } of rowsOf(blocked)) {
        const { creation } = deletable;
        const { name, blocking, clearing, advice, why, put, isKept } = obstacle;

        it(`names the commands that let ${creation.name} be deleted despite ${name}, and they work`, async () => {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up({ ...inputs, ...blocking });
            const { id } = resource;
            await put?.(world, String(id));
            const message = await failureOf(resource.destroy());
            assert.ok(message.includes(why), message);
            const declared = `declare the resource with ${advice} and run "pulumi up" before you delete it again; `;
            assert.ok(message.includes(declared), message);
            const alone = `to keep the object in the cloud, run "pulumi state delete '${urnOf(resource)}'"`;
            assert.ok(message.endsWith(alone), message);
            assert.ok(holds(world, id));
            assert.equal(await resource.up({ ...inputs, ...clearing }), "update");
            await resource.destroy();
            assert.equal(holds(world, id), isKept === true);
        });
    }

    const shared = blocked.filter(({ obstacle }) => obstacle.why.startsWith("still shared"));
    for (const { deletable, obstacle } of shared) {
        const { creation, replacing } = deletable;
        it(`names the id of the ${creation.name} if two objects have the URN (${obstacle.name})`, async () => {
            const inputs = await inputsOf(deletable, world);
            const resource = creation.resource(world, "object");
            await resource.up(inputs);
            const { id } = resource;
            await resource.upWithoutDeletion({ ...inputs, ...replacing });
            const clear = await obstacle.put?.(world, String(id));
            const message = await failureOf(resource.destroy());
            const alone = `'${urnOf(resource)}'" in a terminal and choose ${id}, because the state has several objects`;
            assert.ok(message.includes(alone), message);
            await clear?.();
            await resource.destroy();
            assert.ok(!holds(world, id));
        });
    }
});

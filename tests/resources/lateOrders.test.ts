import assert from "node:assert/strict";
import { secondServer, world as twoServers } from "../guarantees/clouds.ts";
import { type Creation, creations } from "./creations.ts";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

/** How long the clouds work on an order. While lists lag, no list shows its object afterwards. */
const orderSeconds = 1200;

const named = (wanted: string): Creation => {
    const found = creations.find(({ name }) => name === wanted);
    assert.ok(found);
    return found;
};
const full = named("FullEcsImage");
const system = named("CustomImage on Huawei Cloud");

/** Kills a create when its order is answered, and lets the image be created without any list showing it. */
async function killedOrder(
    creation: Creation,
    lagSeconds: number,
): Promise<{ world: Simulated; inputs: Properties; images: () => number }> {
    const world = await simulated({ profile: creation.profile, world: twoServers, lagSeconds });
    // The second image may be listed later than the create timeout.
    const inputs = { ...(await creation.base(world)), wait: "none" };
    await world.killedAfter(1, () => creation.resource(world, "it").upAndDie(inputs));
    world.simulator.sim.advance(orderSeconds * 1000);
    return { world, inputs, images: () => world.made().filter(({ kind }) => kind === creation.kind).length };
}

const later = ({ simulator }: Simulated) => simulator.sim.advance(2 * 3_600_000);

async function destroyed(world: Simulated, resource: Managed): Promise<void> {
    await resource.destroy();
    assert.deepEqual(world.left(), []);
}

describe("an image that a killed run ordered, and that no list shows yet", () => {
    for (const [creation, lagSeconds] of [
        [full, 1200],
        [full, 3600],
        [system, 1200],
    ] as const) {
        it(`is resumed, not ordered again: ${creation.name}, ${lagSeconds} s`, async () => {
            const { world, inputs, images } = await killedOrder(creation, lagSeconds);
            try {
                const resource = creation.resource(world, "it");
                await resource.up(inputs);
                assert.equal(images(), 1);
                assert.deepEqual(world.warnings, []);
                await destroyed(world, resource);
            } finally {
                await world.close();
            }
        });
    }

    for (const [how, next] of [
        ["an up without changes", (resource: Managed, inputs: Properties) => resource.up(inputs)],
        ["an update", (resource: Managed, inputs: Properties) => resource.up({ ...inputs, description: "second" })],
    ] as const) {
        it(`is ordered again after a bounded wait with a warning, and ${how} deletes it`, async () => {
            const { world, inputs, images } = await killedOrder(system, 3000);
            try {
                const resource = system.resource(world, "it");
                await resource.up(inputs);
                assert.equal(images(), 2);
                assert.match(world.warnings.join("\n"), /creates another one/);
                later(world);
                await next(resource, inputs);
                assert.deepEqual(
                    world.made().flatMap(({ kind, id }) => (kind === system.kind ? [id] : [])),
                    [resource.id],
                );
                await destroyed(world, resource);
            } finally {
                await world.close();
            }
        });
    }

    it("is deleted with the one that was ordered again", async () => {
        const { world, inputs } = await killedOrder(system, 3000);
        try {
            const resource = system.resource(world, "it");
            await resource.up(inputs);
            later(world);
            await destroyed(world, resource);
        } finally {
            await world.close();
        }
    });

    it("is deleted when the program names another server, although no list shows it", async () => {
        const { world, inputs, images } = await killedOrder(full, 3600);
        try {
            const resource = full.resource(world, "it");
            const patient = { ...inputs, timeouts: { create: "3h" } };
            await resource.up({ ...patient, source: { server: secondServer } });
            assert.equal(images(), 1);
            await destroyed(world, resource);
        } finally {
            await world.close();
        }
    });
});

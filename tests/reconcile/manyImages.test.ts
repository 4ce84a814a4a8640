import assert from "node:assert/strict";
import { type Fleet, type FleetOptions, fleet } from "../fleet.ts";

const minute = 60_000;

async function withFleet(options: FleetOptions, work: (fleet: Fleet) => Promise<void>): Promise<void> {
    const world = await fleet(options);
    try {
        await work(world);
    } finally {
        await world.close();
    }
}

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed = 1): () => number {
    let state = seed;
    return () => {
        state = (state * 16_807) % 2_147_483_647;
        return state / 2_147_483_647;
    };
}

/** The most calls of one action in any minute. */
function mostInAMinute(world: Fleet): number {
    const times = new Map<string, number[]>();
    for (const { action, at } of world.calls().filter((call) => !call.action.startsWith("job."))) {
        times.set(action, [...(times.get(action) ?? []), Date.parse(at)]);
    }
    const counts = [...times.values()].flatMap((all) =>
        all.map((from) => all.filter((at) => at >= from && at < from + minute).length),
    );
    return Math.max(...counts);
}

describe("many images in one account", () => {
    it("a refresh of 50 images in one region is one list; their preflight and preparation one list each", () =>
        withFleet({ size: 50, inOneRegion: true }, async (world) => {
            await world.create();
            for (const action of ["swas.ListInstances", "swas.ListDisks"]) assert.equal(world.count(action), 1, action);
            for (const action of ["swas.CreateSnapshot", "swas.CreateCustomImage"])
                assert.equal(world.count(action), 50);
            world.forget();
            await world.refresh();
            assert.equal(world.count("swas.ListCustomImages"), 1);
            // And one call that tells which account the keys reach.
            assert.equal(world.calls().length, 1 + world.count("sts.GetCallerIdentity"));
            assert.ok(world.count("sts.GetCallerIdentity") <= 1);
        }));

    it("waiting for 10 minutes takes a twentieth of the calls that a look at each every 10 s would take", () =>
        withFleet({ size: 50, inOneRegion: true, imageSeconds: () => 600 }, async (world) => {
            await world.create();
            const polls = world.count("swas.ListCustomImages");
            assert.ok(polls <= (50 * 60) / 20, `${polls} calls`);
        }));

    it("their ends are noticed soon, though each takes its own time", () => {
        const random = seeded();
        const imageSeconds = () => 180 * (0.7 + 0.6 * random());
        return withFleet({ size: 50, inOneRegion: true, imageSeconds }, async (world) => {
            await world.create();
            const ended = new Map(
                world
                    .calls()
                    .filter(({ action }) => action === "job.alibaba.customImage.done")
                    .map(({ ids, at }) => [ids[0], Date.parse(at)]),
            );
            const late = world.members.map(({ id, doneAt }) => doneAt - (ended.get(id) ?? Number.NaN));
            const mean = late.reduce((sum, ms) => sum + ms, 0) / late.length;
            assert.ok(
                mean <= 3500 && Math.max(...late) <= 12_000,
                `${mean} ms on average, ${Math.max(...late)} ms at most`,
            );
        });
    });

    it("stays within 10 calls a minute of each action, and takes hardly longer than that must take", () =>
        withFleet(
            { size: 40, callsPerMinute: 10, config: { "machine-images:callsPerMinute": "10" } },
            async (world) => {
                const began = world.time.now();
                await world.create();
                assert.deepEqual(
                    [...new Set(world.calls().map(({ outcome }) => outcome))],
                    ["ok"],
                    "nothing was throttled",
                );
                assert.equal(mostInAMinute(world), 10);
                // The last snapshot of 40 can begin after 3 minutes.
                const least = 3 * minute + 60_000 + 180_000;
                assert.ok(world.time.now() - began <= 1.1 * least, `${(world.time.now() - began) / 1000} s`);
            },
        ));

    it("learns a quota that it was not told of, and no refusal reaches the user", () =>
        withFleet({ size: 30, callsPerMinute: 10 }, async (world) => {
            await world.create();
            const outcomes = world.calls().map(({ outcome }) => outcome);
            const refused = outcomes.filter((outcome) => outcome === "Throttling.User").length;
            assert.ok(refused > 0 && refused <= 25, `${refused} refusals`);
            await world.refresh();
            await world.destroy();
            assert.equal(
                world.simulator.sim.registry.list("alibaba", { name: "alibaba.customImage", isRecord: false }).length,
                0,
            );
        }));

    it("waits out that others use most of the account's quota", () =>
        withFleet({ size: 12, callsPerMinute: 3, config: { "machine-images:callsPerMinute": "10" } }, async (world) => {
            await world.create();
            assert.ok(world.calls().some(({ outcome }) => outcome === "Throttling.User"));
            assert.ok(world.members.every(({ id }) => id.startsWith("m-")));
        }));
});

import assert from "node:assert/strict";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { type Simulated, simulated } from "./simulated.ts";

const source = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };
const guest = { volumesAcrossDisks: false };

const inputs = {
    csbs: { cloud: { type: "huawei", region: "eu-de", profile: "csbs" }, source, guest },
    cbr: {
        cloud: { type: "huawei", region: "eu-de", profile: "cbr" },
        source,
        guest,
        vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
    },
};

for (const profile of ["csbs", "cbr"] as const) {
    describe(`FullEcsImage by ${profile.toUpperCase()} with lagging lists`, () => {
        let world: Simulated;
        beforeEach(async () => {
            world = await simulated({ profile, lagSeconds: 60 });
        });
        afterEach(() => world.close());

        const made = () => world.changes().filter((action) => action === "ims.CreateWholeImage").length;

        /** A run that is killed in the first wait after its create call. */
        async function killedRun(): Promise<void> {
            const { sim } = world.simulator;
            const advance = sim.advance.bind(sim);
            sim.advance = () => {
                throw new Error("killed");
            };
            await assert.rejects(world.resource(fullEcsImage, "erp").up(inputs[profile]), /killed/);
            sim.advance = advance;
        }

        it("is created, plans no change, is changed in place and destroyed", async () => {
            const image = world.resource(fullEcsImage, "erp");
            assert.equal(await image.up(inputs[profile]), "create");
            assert.equal(await image.refresh(), "quiet");
            assert.equal(
                await image.up({ ...inputs[profile], description: "nightly", tags: { team: "erp" } }),
                "update",
            );
            assert.equal(await image.refresh(), "quiet");
            await image.destroy();
            assert.equal(made(), 1);
            assert.deepEqual(world.left(), []);
        });

        for (const [when, seconds] of [
            ["at once", 0],
            ["while it is being created", 300],
            ["after its job has ended and before a list shows it", 430],
            ["after lists show it", 1500],
        ] as const) {
            it(`is resumed, without a duplicate, by a run ${when}`, async () => {
                await killedRun();
                world.simulator.sim.advance(seconds * 1000);
                const image = world.resource(fullEcsImage, "erp");
                assert.equal(await image.up(inputs[profile]), "create");
                assert.equal(made(), 1);
                await image.destroy();
                assert.deepEqual(world.left(), []);
            });
        }
    });
}

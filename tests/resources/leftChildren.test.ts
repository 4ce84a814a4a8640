import assert from "node:assert/strict";
import { creations } from "./creations.ts";
import { simulated } from "./simulated.ts";

const withChildren = creations.filter(({ name }) => /^(CustomImage|EcsImage|FullEcsImage)$/.test(name));

describe("a refresh of an image whose deletion was interrupted before its children were deleted", () => {
    for (const { name, profile = "cbr", resource, base } of withChildren) {
        it(`${name}: names the remaining children`, async () => {
            const clouds = await simulated({ profile });
            try {
                const inputs = await base(clouds);
                const before = clouds.left();
                const image = resource(clouds, "it");
                await image.up({ ...inputs, timeouts: { create: "5h" } });
                const id = String(image.id);
                assert.ok(await clouds.killedAfter(1, () => image.destroy()));
                clouds.simulator.sim.advance(3_600_000);
                assert.equal(await image.refresh(), "gone");
                const left = clouds.left().filter((one) => !before.includes(one));
                assert.ok(left.length > 0, "the children still exist");
                for (const one of left) {
                    const child = one.split(" ")[1] ?? "";
                    const told = clouds.warnings.find((warning) => warning.includes(`image ${id} does not exist`));
                    assert.ok(told?.includes(child), `${child} in ${told}`);
                }
            } finally {
                await clouds.close();
            }
        });

        it(`${name}: prints nothing if no child remains`, async () => {
            const clouds = await simulated({ profile });
            try {
                const image = resource(clouds, "it");
                await image.up({ ...(await base(clouds)), timeouts: { create: "5h" } });
                const { id, outs } = image;
                await image.destroy();
                Object.assign(image, { id, outs });
                assert.equal(await image.refresh(), "gone");
                assert.deepEqual(clouds.warnings, []);
            } finally {
                await clouds.close();
            }
        });
    }
});

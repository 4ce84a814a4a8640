import assert from "node:assert/strict";
import { inClouds } from "../guarantees/clouds.ts";
import { isResourceType, type Program, type ResourceType } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import { type Creation, creations } from "./creations.ts";
import type { Properties, Simulated } from "./simulated.ts";

/** A resource that touches no cloud, so that its deletion is all that a run does. */
const pause = (name: string): Program => [{ name, type: "RolloutPause", inputs: { after: {}, pause: "1s" } }];

function typeOf({ name }: Creation): ResourceType {
    const [type = ""] = name.split(" ");
    assert.ok(isResourceType(type));
    return type;
}

const declared = (creation: Creation, inputs: Properties): Program => [
    { name: "it", type: typeOf(creation), inputs: { ...inputs, timeouts: { create: "5h" } } },
];

/** What a run that was killed left, and what there was before. */
async function interrupted(clouds: Simulated, creation: Creation, kill: number) {
    const inputs = await creation.base(clouds);
    const stack = new ProgramStack(clouds);
    await stack.up(pause("pause"));
    const before = clouds.left().sort();
    const isKilled = await clouds.killedAfter(kill, () => stack.up([...pause("pause"), ...declared(creation, inputs)]));
    assert.ok(isKilled);
    clouds.simulator.sim.advance(3_600_000);
    const orphans = clouds.left().filter((one) => !before.includes(one));
    assert.ok(orphans.length > 0);
    return { stack, inputs, before, orphans };
}

describe("a create that was interrupted, and whose resource is not declared any more", () => {
    for (const creation of creations) {
        const { name, profile = "cbr" } = creation;
        for (let kill = 1; kill <= creation.changes; kill++) {
            if (name === "SimpleServer") continue;
            for (const [end, run] of Object.entries({
                "a destroy": (stack: ProgramStack) => stack.destroy(),
                "an up that deletes another resource": (stack: ProgramStack) => stack.up([]),
            })) {
                it(`${name}: ${end} deletes what change ${kill} left`, () =>
                    inClouds({ profile }, async (clouds) => {
                        const { stack, before } = await interrupted(clouds, creation, kill);
                        await run(stack);
                        clouds.simulator.sim.advance(3_600_000);
                        assert.deepEqual(clouds.left().sort(), before);
                    }));
            }
        }
    }
});

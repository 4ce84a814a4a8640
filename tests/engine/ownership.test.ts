import fc from "fast-check";
import { previousVersionsOf } from "../../provider/dist/pulumi/dynamic/previousVersions.js";
import { shortUrn } from "../../provider/dist/pulumi/dynamic/urn.js";
import { world as clouds } from "../guarantees/clouds.ts";
import { type Held, textsIn } from "../guarantees/ownedObjects.ts";
import type { Place, Subject } from "../guarantees/ownershipMembers.ts";
import { OwnershipModel } from "../guarantees/ownershipModel.ts";
import { type Disturbance, type Step, sequences } from "../guarantees/ownershipSteps.ts";
import { cloudsOf } from "../resources/simulated.ts";
import { pulumiProgram } from "./program.ts";
import { type EngineStack, engineStack, type Stored } from "./stack.ts";

const runs = Number(process.env.FC_RUNS ?? 10);
// A fixed seed, so that a failure is caused by the change under test. Use other seeds for longer runs.
const seed = Number(process.env.FC_SEED ?? 2);

/** A resource of this package in the state, in the terms of the model. */
function heldIn({ urn, id, delete: isOld, inputs = {}, outputs = {} }: Stored): Held[] {
    if (!urn.includes("dynamic/machine-images:")) return [];
    const [, , ...local] = shortUrn(urn).split("::");
    return [
        {
            name: urn.split("::").at(-1) ?? "",
            type: urn.split("::").at(-2)?.split(":").at(-1) ?? "",
            id,
            isOld: isOld === true,
            previousVersions: previousVersionsOf(outputs),
            texts: [...textsIn(id), ...textsIn(inputs), ...textsIn(outputs)],
            local: local.join("::"),
        },
    ];
}

/** Stacks on the real engine that share a backend. The only faults are kills, because a plugin waits in real time. */
class Stacks implements Place {
    readonly hasLag = false;
    readonly simulator;
    readonly clouds;
    private readonly all: { readonly subject: Subject; readonly world: EngineStack }[] = [];
    private readonly first: EngineStack;
    private output = "";

    constructor(first: EngineStack) {
        this.first = first;
        this.simulator = first.simulator;
        const time = { now: () => first.simulator.sim.clock.now(), sleep: async () => {} };
        this.clouds = cloudsOf(first.simulator, time);
    }

    told = () => this.output;

    settle = () => this.simulator.sim.advance(3_600_000);

    open = async (name: string): Promise<Subject> => {
        const { first } = this;
        const world = this.all.length === 0 ? first : await engineStack(name, { beside: first, isInBackend: true });
        const subject = this.subjectOf(world);
        this.all.push({ subject, world });
        return subject;
    };

    close = async () => {
        for (const { world } of this.all.slice(1).reverse()) await world.close();
        await this.first.close();
    };

    private subjectOf(world: EngineStack): Subject {
        const run = (work: () => Promise<{ output: string }>, disturbed: Disturbance | undefined) =>
            this.run(world, work, disturbed);
        return {
            up: (program, { disturbed, replace, targets, isRefreshed }) => {
                world.use(pulumiProgram(program));
                return run(() => world.up(targets, { refresh: isRefreshed, replace }), disturbed);
            },
            destroy: (disturbed) => run(() => world.destroy(), disturbed),
            refresh: () => world.refresh(),
            rename: (name) => world.rename(name),
            renameResource: (name, to) => world.renameResource(name, to),
            moveTo: async (to, names) => {
                const other = this.all.find(({ subject }) => subject === to);
                if (other) await world.moveTo(other.world, names);
            },
            held: async () => (await world.stored()).flatMap(heldIn),
        };
    }

    private async run(
        world: EngineStack,
        work: () => Promise<{ output: string }>,
        disturbed: Disturbance | undefined,
    ): Promise<boolean> {
        let isKilled = false;
        const kill = disturbed === undefined || disturbed === "lost answers" ? undefined : disturbed;
        const giveUp =
            kill &&
            world.killPluginAfterChange(
                kill.kill,
                () => {
                    isKilled = true;
                },
                kill.what === "engine",
            );
        try {
            this.output += (await work()).output;
        } catch (error) {
            this.output += String(error);
            if (!isKilled) throw error;
        }
        giveUp?.();
        if (isKilled && kill?.what === "engine") await world.stack.cancel().catch(() => {});
        return !isKilled;
    }
}

/** Each project needs its own program folder. */
const isOnEngine = (step: Step) => step.do !== "rename project";

describe(`${runs} random histories of stacks on the real engine, with seed ${seed} (FC_SEED)`, () => {
    it("leave every object with its owner, and no unconfirmed object and no orphan", async function () {
        this.timeout(120_000 * runs);
        let number = 0;
        const property = fc.asyncProperty(sequences({ minLength: 1, maxLength: 3 }), async ({ steps }) => {
            const world = await engineStack(`ownership-${++number}`, { world: clouds });
            const stacks = new Stacks(world);
            try {
                const { quotas } = world.simulator.sim;
                for (const name of ["snapshotsPerServer", "snapshots", "images", "imagesPerServer"])
                    quotas.change(`alibaba.swas.${name}`, 1000);
                const model = new OwnershipModel(stacks);
                for (const step of steps.filter(isOnEngine)) await model.take(step);
                await model.end();
            } finally {
                await stacks.close();
            }
        });
        // Shrinking needs many runs, so use tests/guarantees/ownership.test.ts to shrink a failure.
        await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
    });
});

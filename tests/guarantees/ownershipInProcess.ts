import { previousVersionsOf } from "../../provider/dist/pulumi/dynamic/previousVersions.js";
import { type Simulated, simulated } from "../resources/simulated.ts";
import { world } from "./clouds.ts";
import { withFaults } from "./disturbances.ts";
import { textsIn } from "./ownedObjects.ts";
import type { Place, Run, Subject } from "./ownershipMembers.ts";
import { OwnershipModel } from "./ownershipModel.ts";
import type { Disturbance, Sequence } from "./ownershipSteps.ts";
import { ProgramStack } from "./programStack.ts";
import { localUrn } from "./storedResources.ts";

/** The share of answers that fail. */
const lost = [{ match: { probability: 0.05 }, effect: { reset: "after" } }] as const;

/** Stacks that use the adapter in this process. */
function inProcess(clouds: Simulated, lagSeconds: number): Place {
    const stacks: { readonly subject: Subject; readonly stack: ProgramStack }[] = [];
    const run = async (work: () => Promise<unknown>, disturbed: Disturbance | undefined): Promise<boolean> => {
        try {
            if (disturbed === undefined) await work();
            else if (disturbed === "lost answers") await withFaults(clouds, lost, work);
            else return !(await clouds.killedAfter(disturbed.kill, work, disturbed.what));
            return true;
        } catch (error) {
            // If the server is busy, an unanswered order is not repeated; the next run waits for its object.
            const isWaitOver = disturbed === "lost answers" && /an earlier request/.test(String(error));
            if (isWaitOver) return false;
            throw error;
        }
    };
    const subjectOf = (stack: ProgramStack): Subject => ({
        up: (program, { disturbed, ...options }: Run) => run(() => stack.up(program, options), disturbed),
        destroy: (disturbed) => run(() => stack.destroy(), disturbed),
        refresh: () => stack.refresh(),
        rename: async (name, project) => {
            stack.rename(name, project);
        },
        renameResource: async (name, to) => stack.renameResource(name, to),
        moveTo: async (to, names) => {
            const other = stacks.find(({ subject }) => subject === to);
            if (other) stack.moveTo(other.stack, names);
        },
        held: async () =>
            stack.stored().map((one) => ({
                name: one.name,
                type: one.type,
                id: one.id,
                isOld: one.isOld,
                previousVersions: previousVersionsOf(one.outs),
                texts: [...textsIn(one.id), ...textsIn(one.inputs), ...textsIn(one.outs)],
                local: localUrn(one),
            })),
    });
    return {
        simulator: clouds.simulator,
        clouds: clouds.clouds,
        open: async (name) => {
            const stack = new ProgramStack(clouds, name);
            const subject = subjectOf(stack);
            stacks.push({ subject, stack });
            return subject;
        },
        told: () => clouds.warnings.join("\n"),
        settle: () => clouds.simulator.sim.advance(2 * 1000 * lagSeconds + 3_600_000),
        hasLag: lagSeconds > 0,
    };
}

/** Performs the steps in new clouds, then ends all stacks. @throws the violations */
export async function takenInProcess({ lagSeconds, steps }: Sequence): Promise<void> {
    // Waits take minutes, or hours if lists lag, so they do not poll every few seconds.
    const pollSeconds = Math.max(60, lagSeconds / 30);
    const clouds = await simulated({ profile: "cbr", world, lagSeconds, pollSeconds });
    try {
        const { quotas } = clouds.simulator.sim;
        for (const name of ["snapshotsPerServer", "snapshots", "images", "imagesPerServer"])
            quotas.change(`alibaba.swas.${name}`, 1000);
        const model = new OwnershipModel(inProcess(clouds, lagSeconds));
        for (const step of steps) await model.take(step);
        await model.end();
    } finally {
        await clouds.close();
    }
}

import { CloudError, UserError } from "../../clouds/errors";
import type { Handler, HandlerContext } from "./handler";
import type { Cleanup, Shared } from "./identity";
import type { Owner } from "./owner";
import { hasSecret, parseOutputs } from "./plainJson";
import { withoutPlumbing } from "./plumbing";
import type { Run } from "./run";
import type { BegunCreate } from "./stackStates";
import type { Step } from "./step";
import { nameIn, stackPart, typeIn } from "./urn";

const deletion = "deletion of undeclared creates";

/**
 * Creates that were interrupted, and whose resources this run does not declare: nobody resumes them. The engine keeps
 * them in the state as pending operations.
 */
export function undeclaredCreates({ run, states, served }: Shared) {
    async function cleanUp(stack: string, how: Cleanup): Promise<void> {
        const all = await states.begunIn(stack);
        // An image that is adopted is no object of the create.
        for (const { inputs } of all) if (typeof inputs.adopt === "string") run.leavesAlone(inputs.adopt);
        // The newest first: what was created later may depend on what was created before.
        for (const begun of all) {
            if (run.declaresAgain(begun)) continue;
            await served?.(typeIn(begun.urn) ?? "")?.cleanUp(begun, how);
        }
    }

    return {
        /**
         * Before the first resource that leaves is deleted, because what is left may use it. The engine deletes such
         * resources when the program has ended, so that all that it declares is known.
         */
        deleteFirst: ({ id, owner, urn }: { id: string; owner: Owner | undefined; urn: string }): Promise<void> =>
            run.once(deletion, async () => {
                run.stack ??= (await states.deletingIn(id)) ?? stackPart((await states.placeOf(id, owner))?.urn ?? urn);
                await cleanUp(run.stack, "delete");
            }),

        /**
         * While something is created, the program may declare more, and it may have failed before it could: what is left
         * is not deleted, only named at the end of the run.
         */
        nameAtEnd(urn: string, { whenSaved }: Pick<HandlerContext, "whenSaved">): void {
            void run.once("names of undeclared creates", async () => {
                const stack = stackPart(urn);
                // Meanwhile, because the engine does not wait for long at the end.
                const reading = states.begunIn(stack);
                whenSaved(async () => {
                    await reading;
                    if (!run.hasBegun(deletion)) await cleanUp(stack, "name");
                });
            });
        },
    };
}

/** Looks for what an interrupted create left. What fails is a warning: what the run is about goes on. */
export async function sweepBegun<Inputs extends object, State extends object>(
    { urn, owner, inputs }: BegunCreate,
    { handler, run, step, how }: { handler: Handler<Inputs, State>; run: Run; step: Step; how: Cleanup },
): Promise<void> {
    const given = withoutPlumbing(inputs);
    // Several creates of a resource may have been interrupted.
    const warn = (message: string) => void run.once(message, async () => step.context.warn(message));
    const what = `what an interrupted create of ${typeIn(urn)} "${nameIn(urn)}" may have left`;
    if (hasSecret(given)) {
        warn(`${what} is not looked for, because its inputs are secret: "machine-images status" lists images`);
        return;
    }
    const olds = parseOutputs<Inputs & State>(given);
    const work = {
        ...step.context,
        warn,
        id: "",
        identity: { urn, owner, urnOfCreation: urn },
        isFinalDelete: true,
        olds,
        begun: how,
    };
    const listed = <Listed>(_place: unknown, list: () => Promise<Listed>) => list();
    await orWarn(what, warn, () => step.run(async () => handler.sweep?.({ ...work, listed })));
}

/** Looks for what an interrupted run left. What the run itself is about goes on when that fails: the next one tries again. */
export async function orWarn(what: string, warn: (message: string) => void, sweep: () => Promise<void>): Promise<void> {
    try {
        await sweep();
    } catch (error) {
        if (!(error instanceof CloudError || error instanceof UserError)) throw error;
        warn(`${what} is not deleted: ${error.message}`);
    }
}

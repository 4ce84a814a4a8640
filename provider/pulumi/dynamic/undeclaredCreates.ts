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
 * Creates that were interrupted and whose resources this run does not declare, so that no run resumes them. The engine
 * keeps them in the state as pending operations.
 */
export function undeclaredCreates({ run, states, served }: Shared) {
    async function cleanUp(stack: string, how: Cleanup): Promise<void> {
        const all = await states.begunIn(stack);
        // An adopted image existed before the create.
        for (const { inputs } of all) if (typeof inputs.adopt === "string") run.keepsAdopted(inputs.adopt);
        // Newest first: a later object may depend on an earlier one.
        for (const begun of all) {
            if (run.declaresAgain(begun)) continue;
            await served?.(typeIn(begun.urn) ?? "")?.cleanUp(begun, how);
        }
    }

    return {
        /**
         * Runs before the first deletion of a resource that is not declared any more, because the orphans may use that
         * resource. The engine deletes such resources after the program has ended, so all declarations are known.
         */
        deleteFirst: ({ id, owner, urn }: { id: string; owner: Owner | undefined; urn: string }): Promise<void> =>
            run.once(deletion, async () => {
                run.stack ??= (await states.deletingIn(id)) ?? stackPart((await states.placeOf(id, owner))?.urn ?? urn);
                await cleanUp(run.stack, "delete");
            }),

        /**
         * While resources are created, the program may still declare more, or may have failed before it could. The
         * orphans are therefore not deleted, but named at the end of the run.
         */
        nameAtEnd(urn: string, { whenSaved }: Pick<HandlerContext, "whenSaved">): void {
            void run.once("names of undeclared creates", async () => {
                const stack = stackPart(urn);
                // Read now, because the engine allows little time at the end.
                const reading = states.begunIn(stack);
                whenSaved(async () => {
                    await reading;
                    if (!run.hasBegun(deletion)) await cleanUp(stack, "name");
                });
            });
        },
    };
}

/** Searches for orphans of an interrupted create. A failure is a warning, and the run continues. */
export async function sweepBegun<Inputs extends object, State extends object>(
    { urn, owner, inputs }: BegunCreate,
    { handler, run, step, how }: { handler: Handler<Inputs, State>; run: Run; step: Step; how: Cleanup },
): Promise<void> {
    const given = withoutPlumbing(inputs);
    // A resource may have several interrupted creates with the same warning.
    const warn = (message: string) => void run.once(message, async () => step.context.warn(message));
    const what = `objects that an interrupted create of ${typeIn(urn)} "${nameIn(urn)}" may have left`;
    if (hasSecret(given)) {
        warn(`cannot search for ${what}, because its inputs are secret. List images with "machine-images status"`);
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

/** Searches for orphans of an interrupted run. A failure is a warning, and the run continues. */
export async function orWarn(what: string, warn: (message: string) => void, sweep: () => Promise<void>): Promise<void> {
    try {
        await sweep();
    } catch (error) {
        if (!(error instanceof CloudError || error instanceof UserError)) throw error;
        warn(`cannot delete ${what}: ${error.message}`);
    }
}

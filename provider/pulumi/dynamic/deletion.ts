import { refuseProtected } from "./commonOptions";
import { asDeclaredNow } from "./declaredOptions";
import { heldElsewhere, leavingError } from "./deletionErrors";
import type { Handler } from "./handler";
import type { identities, Shared } from "./identity";
import { type Owner, ownerIn } from "./owner";
import { type Properties, parseOutputs, sameJson } from "./plainJson";
import { withoutPlumbing } from "./plumbing";
import { previousVersionsOf } from "./previousVersions";
import { refuseOtherAccount } from "./reachedAccount";
import type { Hide } from "./secretTexts";
import type { Step } from "./step";
import { orWarn, type undeclaredCreates } from "./undeclaredCreates";

interface Deletions<Inputs extends object, State extends object> {
    handler: Handler<Inputs, State>;
    shared: Shared;
    /** The names of the inputs. */
    names: ReadonlySet<string>;
    owners: ReturnType<typeof identities>;
    undeclared: ReturnType<typeof undeclaredCreates>;
    /** Opens a step that deletes. */
    open(urn: string, properties: Properties, hide: Hide): Step;
}

/** How the plugin deletes the objects of one resource type, and the orphans of interrupted runs. */
export function deletions<Inputs extends object, State extends object>(given: Deletions<Inputs, State>) {
    const { handler, names, owners, undeclared, open } = given;
    const { run } = given.shared;
    const { urnOf, identityOf } = owners;

    /** Whether the state of another resource or stack also holds the object. If so, it is kept, with a warning. */
    async function isHeldElsewhere(id: string, owner: Owner | undefined, { context }: Step): Promise<boolean> {
        const other = handler.hasSharedIds ? undefined : await context.holders.otherHolder(id, owner);
        if (other) context.warn(heldElsewhere(id, other));
        return other !== undefined;
    }

    return {
        async delete(id: string, olds: Properties, hide: Hide): Promise<void> {
            const owner = run.holds(id, olds, false);
            const declared = await owners.declarationFor(id, olds, owner);
            // For delete-before-replace, the engine compares the resource first and declares it later.
            const isFinalDelete = declared === undefined && !run.isCompared(id);
            const isCreatedHere = run.hasCreated(id);
            // The object has been replaced, perhaps by a different object than in an earlier, interrupted attempt.
            const isSucceeded = declared !== undefined && !sameJson(declared.owner, owner);
            // A forced replacement may have adopted the existing object, and then deletes it as "the old one".
            if (!handler.hasSharedIds && (isCreatedHere || run.isCurrentElsewhere(id, owner))) return;
            const urn = urnOf(olds, owner);
            if (isFinalDelete) {
                run.beginsDeletion(owner);
                await undeclared.deleteFirst({ id, owner, urn });
            }
            try {
                const last = declared?.inputs ?? (await owners.lastDeclared(id, isFinalDelete, owner));
                const now = asDeclaredNow(olds, names, last);
                refuseProtected(id, now, { isFinalDelete });
                const step = open(urn, now, hide);
                await step.run(() => refuseOtherAccount(run, step.context.clouds, id, olds));
                if (await isHeldElsewhere(id, ownerIn(olds), step)) return;
                const work = {
                    ...step.context,
                    id,
                    identity: identityOf(olds, owner),
                    isFinalDelete,
                    olds: parseOutputs<Inputs & State>(withoutPlumbing(now)),
                };
                const deletion = async () => {
                    await handler.delete({
                        ...work,
                        keeps: declared && previousVersionsOf(declared.inputs),
                        successor: isCreatedHere ? declared?.inputs : undefined,
                    });
                    if (isFinalDelete) await handler.sweep?.({ ...work, listed: (_place, list) => list() });
                    else if (isSucceeded) await handler.sweep?.({ ...work, listed: run.listed.bind(run) });
                };
                await run.departures.during(id, withoutPlumbing(olds), () => step.run(deletion));
                run.deletes(id);
            } catch (error) {
                throw isFinalDelete ? leavingError(error, await owners.undeclaredObject(id, olds, owner)) : error;
            }
        },

        /** For an object that the program keeps: an earlier replacement of it may have been interrupted. */
        async sweepBeside(id: string, olds: Properties, owner: Owner | undefined, hide: Hide): Promise<void> {
            const { context, run: inStep } = open(urnOf(olds, owner), olds, hide);
            const work = {
                ...context,
                id,
                identity: identityOf(olds, owner),
                isFinalDelete: false,
                olds: parseOutputs<Inputs & State>(withoutPlumbing(olds)),
                listed: run.listed.bind(run),
            };
            const what = "objects that an interrupted replacement may have left";
            await orWarn(what, context.warn, () => inStep(async () => handler.sweep?.(work)));
        },
    };
}

import type { Origin, Surroundings } from "../dynamic/handler";
import { digest, type MarkedObject } from "../dynamic/owner";
import type { UnfinishedCreates } from "../dynamic/stackStates";
import { firstMark, keyOf, markOf, nextMark, type Owned, type Ownership, stateTag } from "./ownership";

/** What to do before an object is created. */
export interface Claim {
    /** For the new object, and for its name. */
    readonly ownership: Ownership;
    /** Left behind by an interrupted run that was creating just this. */
    readonly adopt?: Owned;
    /** Left behind by runs that were creating something else, or failed. */
    readonly discard: readonly Owned[];
}

/** What was created for objects of a kind, and may be left without them. */
export interface Relatives {
    readonly objects: readonly Owned[];
    /** The mark of what was created for the object that bears a mark. @default the same */
    readonly markFor?: (mark: string) => string;
}

export type ClaimWork = Pick<Surroundings, "holders" | "warn"> & { origin: Origin };

/**
 * Decides from what is there. An object that a state holds, or may hold, is never claimed: the new one then bears the
 * next mark, the same one again after an interruption.
 *
 * @param options mayBeUntagged when an order that is not tagged yet may have been left behind
 */
export async function claim(
    work: ClaimWork,
    content: string,
    objects: readonly Owned[],
    options: { relatives?: Relatives; mayBeUntagged?: boolean } = {},
): Promise<Claim> {
    const { origin } = work;
    const key = keyOf(origin);
    const discard: Owned[] = [];
    let mark = await startingMark(work, objects, options);
    const marks = [mark];
    for (;;) {
        const ours = objects.filter(({ ownership }) => ownership.mark === mark);
        const free: Owned[] = [];
        let held: Owned | undefined;
        for (const one of ours) {
            if (await mayBeHeld(work, one)) held ??= one;
            else free.push(one);
        }
        const adopt = held
            ? undefined
            : free.find(({ ownership, hasFailed }) => ownership.content === content && !hasFailed);
        discard.push(...free.filter((one) => one !== adopt));
        if (!held) {
            await warnOfUnclear(work, [...unclearOf(work, objects, marks), ...unclearRelatives(work, options, marks)]);
            discard.push(...(await failedBefore(work, objects, [adopt, ...discard])));
            return { ownership: { mark, content, key, isPending: true }, adopt, discard };
        }
        mark = nextMark(mark, held.id);
        marks.push(mark);
    }
}

/** Whether an object that bears the mark of this resource may be in the state of a stack. */
export async function mayBeHeld({ origin, holders, warn }: ClaimWork, one: Owned): Promise<boolean> {
    const { id, ownership, hasFailed } = one;
    if (id === origin.replaces || holders.isHeldHere(id)) return true;
    if (!ownership.isPending && !hasFailed) return true;
    // Such a mark is of this resource alone, and of an object that would be in its state instead of the present one.
    if (isReplacement(origin)) return false;
    const holding = await holders.holding(id);
    if (holding === "unknown") warn(whyKept(id));
    return holding !== "free";
}

export const isReplacement = ({ owner }: Origin) => owner !== undefined && owner.generation > 1;

export function whyKept(id: string): string {
    return (
        `${id} was created by a run that was interrupted, and the states of the stacks cannot be read to see whether one ` +
        `holds it, so it is kept and another one is created. If no stack holds ${id}, delete it; if one does, ` +
        `set its tag ${stateTag} to "held"`
    );
}

/**
 * The mark to begin with. When the stack or the project was renamed since a create was interrupted, that create began
 * with the mark of the old name, which the stack's state still tells.
 */
async function startingMark(
    work: ClaimWork,
    objects: readonly Owned[],
    options: { relatives?: Relatives; mayBeUntagged?: boolean },
): Promise<string> {
    const { origin, holders } = work;
    if (origin.owner && isReplacement(origin)) return markOf(origin.owner);
    const first = firstMark(origin);
    const unclear = [...unclearOf(work, objects, [first]), ...unclearRelatives(work, options, [first])];
    if (unclear.length === 0 && !options.mayBeUntagged) return first;
    const { here } = await holders.unfinishedCreates(origin.urn);
    return here.map(markOfCreate).find((mark) => mark !== first) ?? first;
}

/** The mark with which a create began. */
export function markOfCreate({ urn, owner }: UnfinishedCreates["here"][number]): string {
    return owner && owner.generation > 1 ? markOf(owner) : digest(urn, 16);
}

/** Whether an earlier create of an object with this mark has begun and not ended, as far as the stack's state tells. */
export async function wasInterrupted({ origin, holders }: Omit<ClaimWork, "warn">, mark: string): Promise<boolean> {
    const { here } = await holders.unfinishedCreates(origin.urn);
    const begun = here.filter((one) => markOfCreate(one) === mark);
    const ours = begun.filter(({ owner }) => owner?.id === origin.owner?.id);
    // The create that runs now is among them. Only a replacement has the same owner in every run.
    return begun.length > ours.length || ours.length > 1;
}

export const urnsOf = ({ urn, urnOfCreation = urn }: Origin) => [...new Set([urn, urnOfCreation])];

/** Objects of interrupted runs that were made for a resource of this name, perhaps in another stack. */
export function unclearOf<Marked extends MarkedObject>(
    { origin, holders }: ClaimWork,
    objects: readonly Marked[],
    marks: readonly string[],
): Marked[] {
    const keys = urnsOf(origin).map((urn) => keyOf({ urn }));
    return objects.filter(
        ({ id, ownership: { isPending, key = "", mark } }) =>
            isPending && keys.includes(key) && !marks.includes(mark) && !holders.isHeldHere(id),
    );
}

function unclearRelatives(
    work: ClaimWork,
    { relatives }: { relatives?: Relatives },
    marks: readonly string[],
): Owned[] {
    if (!relatives) return [];
    const { objects, markFor = (mark) => mark } = relatives;
    return unclearOf(work, objects, marks.map(markFor));
}

export async function warnOfUnclear(
    { origin, holders, warn }: ClaimWork,
    unclear: readonly MarkedObject[],
): Promise<void> {
    if (unclear.length === 0 || (await holders.unfinishedCreates(origin.urn)).areElsewhere) return;
    for (const { id } of unclear) {
        if ((await holders.holding(id)) !== "free") continue;
        warn(
            `${id} may be left over from an interrupted run of another stack, or of this one under another name: ` +
                "no stack holds it. Delete it if no other run is creating it now",
        );
    }
}

/** Objects of the same name whose creation failed, and which no state holds: a refresh has dropped them. */
async function failedBefore(
    { origin, holders }: ClaimWork,
    objects: readonly Owned[],
    known: readonly (Owned | undefined)[],
): Promise<Owned[]> {
    const key = keyOf(origin);
    const found: Owned[] = [];
    for (const one of objects) {
        if (!one.hasFailed || one.ownership.key !== key || known.includes(one)) continue;
        if ((await holders.holding(one.id)) === "free") found.push(one);
    }
    return found;
}

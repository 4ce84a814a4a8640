import type { Origin, SweepWork } from "../dynamic/handler";
import type { MarkedObject } from "../dynamic/owner";
import { nameIn } from "../dynamic/urn";
import { type ClaimWork, isReplacement, markOfCreate, unclearOf, urnsOf, warnOfUnclear, whyKept } from "./claim";
import { firstMark, markOf, nextMark } from "./ownership";

type Work = ClaimWork & Pick<SweepWork<unknown, unknown>, "begun">;

/**
 * What an interrupted replacement of a resource left behind besides its object, which stays or is deleted now, or what
 * an interrupted create left of a resource that is not declared any more. Its mark is of this resource alone; one that
 * the state holds by now is deleted in its own turn.
 *
 * @param markFor the mark of what was created for the object that bears a mark. @default the same
 */
export async function orphansBeside(
    work: Work,
    id: string,
    objects: readonly MarkedObject[],
    markFor: (mark: string) => string = (mark) => mark,
): Promise<MarkedObject[]> {
    const { holders, warn, begun } = work;
    const own = begun ? marksOfCreate(work.origin, objects) : await marksBeside(work, id, objects);
    const marks = own.map(markFor);
    if (marks.length === 0) return [];
    const orphans: MarkedObject[] = [];
    for (const one of objects) {
        const { mark, isPending } = one.ownership;
        if (one.id === id || !isPending || !marks.includes(mark) || holders.isHeldHere(one.id)) continue;
        const holding = await holders.holding(one.id);
        if (holding === "free" && begun === "name") warn(leftOver(work.origin, one.id));
        else if (holding === "free") orphans.push(one);
        if (holding === "unknown") warn(whyKept(one.id));
    }
    if (!begun) await warnOfUnclear(work, unclearOf(work, objects, marks));
    return orphans;
}

async function marksBeside(work: Work, id: string, objects: readonly MarkedObject[]): Promise<string[]> {
    const { origin } = work;
    if (!origin.owner) return [];
    const { id: ownerId, generation } = origin.owner;
    // A forced replacement begins as a new resource whose first object is the one that it replaces.
    const forced = urnsOf(origin).map((urn) => nextMark(firstMark({ urn }), id));
    // Version 0.1.0 gave replacements marks that follow from the URN.
    const older = generation === 0 ? [ownerId, nextMark(ownerId, id)] : [];
    const next = markOf({ id: ownerId, generation: generation + 1 });
    return [next, ...forced, ...older, ...(await marksOfInterrupted(work, id, objects))];
}

/**
 * The marks of interrupted creates of this very resource. A list may show what one of them ordered only after a later
 * create has ordered another one.
 */
async function marksOfInterrupted(work: Work, id: string, objects: readonly MarkedObject[]): Promise<string[]> {
    const { origin, holders } = work;
    if (unclearOf(work, objects, []).every((one) => one.id === id)) return [];
    const { here } = await holders.unfinishedCreates(origin.urn);
    // A create under an earlier name may have the mark of somebody who has that name now.
    const own = here.filter(({ urn, owner }) => urn === origin.urn || (owner && owner.generation > 1));
    return own.map(markOfCreate).flatMap((mark) => [mark, nextMark(mark, id)]);
}

/** While an object that bears a mark was somebody's, a create took the next one. */
function marksOfCreate(origin: Origin, objects: readonly MarkedObject[]): string[] {
    const marks = [origin.owner && isReplacement(origin) ? markOf(origin.owner) : firstMark(origin)];
    for (const mark of marks) {
        for (const one of objects) if (one.ownership.mark === mark) marks.push(nextMark(mark, one.id));
    }
    return marks;
}

function leftOver({ urn }: Origin, id: string): string {
    const name = nameIn(urn);
    return (
        `${id} is left over from an interrupted create of "${name}", which this run does not declare, and may be ` +
        `billed. An up that declares "${name}" resumes it; a destroy, or an up that deletes a resource of the stack, ` +
        'deletes it. By hand, delete it in the console, or an image with "machine-images release"'
    );
}

import type { ResourceIdentity, SweepWork } from "../../pulumi/dynamic/handler";
import type { TaggedObject } from "../../pulumi/dynamic/owner";
import { nameIn } from "../../pulumi/dynamic/urn";
import { type ClaimWork, isReplacement, ownerIdOfCreate, unclearOf, urnsOf, warnOfUnclear, whyKept } from "./claim";
import { firstOwnerId, nextOwnerId, ownerIdOf } from "./ownership";

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
    objects: readonly TaggedObject[],
    ownerIdFor: (ownerId: string) => string = (ownerId) => ownerId,
): Promise<TaggedObject[]> {
    const { holders, warn, begun } = work;
    const own = begun ? marksOfCreate(work.identity, objects) : await ownerIdsBeside(work, id, objects);
    const ownerIds = own.map(ownerIdFor);
    if (ownerIds.length === 0) return [];
    const orphans: TaggedObject[] = [];
    for (const one of objects) {
        const { ownerId, isPending } = one.ownership;
        if (one.id === id || !isPending || !ownerIds.includes(ownerId) || holders.isHeldHere(one.id)) continue;
        const holding = await holders.holding(one.id);
        if (holding === "free" && begun === "name") warn(orphanWarning(work.identity, one.id));
        else if (holding === "free") orphans.push(one);
        if (holding === "unknown") warn(whyKept(one.id));
    }
    if (!begun) await warnOfUnclear(work, unclearOf(work, objects, ownerIds));
    return orphans;
}

async function ownerIdsBeside(work: Work, id: string, objects: readonly TaggedObject[]): Promise<string[]> {
    const { identity } = work;
    if (!identity.owner) return [];
    const { id: own, generation } = identity.owner;
    // A forced replacement begins as a new resource whose first object is the one that it replaces.
    const forced = urnsOf(identity).map((urn) => nextOwnerId(firstOwnerId({ urn }), id));
    // Version 0.1.0 gave replacements marks that follow from the URN.
    const older = generation === 0 ? [own, nextOwnerId(own, id)] : [];
    const next = ownerIdOf({ id: own, generation: generation + 1 });
    return [next, ...forced, ...older, ...(await ownerIdsOfInterrupted(work, id, objects))];
}

/**
 * The marks of interrupted creates of this very resource. A list may show what one of them ordered only after a later
 * create has ordered another one.
 */
async function ownerIdsOfInterrupted(work: Work, id: string, objects: readonly TaggedObject[]): Promise<string[]> {
    const { identity, holders } = work;
    if (unclearOf(work, objects, []).every((one) => one.id === id)) return [];
    const { here } = await holders.unfinishedCreates(identity.urn);
    // A create under an earlier name may have the mark of somebody who has that name now.
    const own = here.filter(({ urn, owner }) => urn === identity.urn || (owner && owner.generation > 1));
    return own.map(ownerIdOfCreate).flatMap((ownerId) => [ownerId, nextOwnerId(ownerId, id)]);
}

/** While an object that bears a mark was somebody's, a create took the next one. */
function marksOfCreate(identity: ResourceIdentity, objects: readonly TaggedObject[]): string[] {
    const ownerIds = [identity.owner && isReplacement(identity) ? ownerIdOf(identity.owner) : firstOwnerId(identity)];
    for (const ownerId of ownerIds) {
        for (const one of objects) if (one.ownership.ownerId === ownerId) ownerIds.push(nextOwnerId(ownerId, one.id));
    }
    return ownerIds;
}

function orphanWarning({ urn }: ResourceIdentity, id: string): string {
    const name = nameIn(urn);
    return (
        `${id} is left over from an interrupted create of "${name}", which this run does not declare, and may be ` +
        `billed. A "pulumi up" that declares "${name}" resumes it. A "pulumi destroy", or a "pulumi up" that deletes a resource of the stack, ` +
        'deletes it. To delete it by hand, use the console, or "machine-images release" for an image'
    );
}

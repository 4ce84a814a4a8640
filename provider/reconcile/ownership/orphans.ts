import type { ResourceIdentity, SweepWork } from "../../pulumi/dynamic/handler";
import type { TaggedObject } from "../../pulumi/dynamic/owner";
import { nameIn } from "../../pulumi/dynamic/urn";
import {
    type ClaimWork,
    isReplacement,
    keptOrphanWarning,
    ownerIdOfCreate,
    unclearOf,
    urnsOf,
    warnOfUnclear,
} from "./claim";
import { firstOwnerId, nextOwnerId, ownerIdOf } from "./ownership";

type Work = ClaimWork & Pick<SweepWork<unknown, unknown>, "begun">;

/**
 * Finds the orphans of an interrupted replacement of a resource besides its current object, or the orphans of an
 * interrupted create of a resource that is not declared any more. Only this resource uses their owner ids. An object
 * that the state holds by now is not included: the engine deletes it itself.
 *
 * @param ownerIdFor the owner id of an object that was created for the object with the given owner id. @default the
 *   same
 * @default the same
 */
export async function orphansBeside(
    work: Work,
    id: string,
    objects: readonly TaggedObject[],
    ownerIdFor: (ownerId: string) => string = (ownerId) => ownerId,
): Promise<TaggedObject[]> {
    const { holders, warn, begun } = work;
    const own = begun ? ownerIdsOfCreate(work.identity, objects) : await ownerIdsBeside(work, id, objects);
    const ownerIds = own.map(ownerIdFor);
    if (ownerIds.length === 0) return [];
    const orphans: TaggedObject[] = [];
    for (const one of objects) {
        const { ownerId, isPending } = one.ownership;
        if (one.id === id || !isPending || !ownerIds.includes(ownerId) || holders.isHeldHere(one.id)) continue;
        const holding = await holders.holding(one.id);
        if (holding === "free" && begun === "name") warn(orphanWarning(work.identity, one.id));
        else if (holding === "free") orphans.push(one);
        if (holding === "unknown") warn(keptOrphanWarning(one.id));
    }
    if (!begun) await warnOfUnclear(work, unclearOf(work, objects, ownerIds));
    return orphans;
}

async function ownerIdsBeside(work: Work, id: string, objects: readonly TaggedObject[]): Promise<string[]> {
    const { identity } = work;
    if (!identity.owner) return [];
    const { id: own, generation } = identity.owner;
    // A forced replacement starts like a new resource whose first object is the one that it replaces.
    const forced = urnsOf(identity).map((urn) => nextOwnerId(firstOwnerId({ urn }), id));
    // Version 0.1.0 derived the owner ids of replacements from the URN.
    const older = generation === 0 ? [own, nextOwnerId(own, id)] : [];
    const next = ownerIdOf({ id: own, generation: generation + 1 });
    return [next, ...forced, ...older, ...(await ownerIdsOfInterrupted(work, id, objects))];
}

/**
 * The owner ids of interrupted creates of this resource. A list may show what one of them ordered only after a later
 * create has ordered another object.
 */
async function ownerIdsOfInterrupted(work: Work, id: string, objects: readonly TaggedObject[]): Promise<string[]> {
    const { identity, holders } = work;
    if (unclearOf(work, objects, []).every((one) => one.id === id)) return [];
    const { here } = await holders.unfinishedCreates(identity.urn);
    // A create under an earlier name may have the owner id of another resource that has that name now.
    const own = here.filter(({ urn, owner }) => urn === identity.urn || (owner && owner.generation > 1));
    return own.map(ownerIdOfCreate).flatMap((ownerId) => [ownerId, nextOwnerId(ownerId, id)]);
}

/** If an object with an owner id was held, the create used the next owner id. */
function ownerIdsOfCreate(identity: ResourceIdentity, objects: readonly TaggedObject[]): string[] {
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

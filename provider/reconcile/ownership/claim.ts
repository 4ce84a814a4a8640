import type { HandlerContext, ResourceIdentity } from "../../pulumi/dynamic/handler";
import { digest, type TaggedObject } from "../../pulumi/dynamic/owner";
import type { UnfinishedCreates } from "../../pulumi/dynamic/stackStates";
import { nameIn } from "../../pulumi/dynamic/urn";
import { firstOwnerId, keyOf, nextOwnerId, type Owned, type Ownership, ownerIdOf, stateTag } from "./ownership";

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
    readonly ownerIdFor?: (ownerId: string) => string;
}

export type ClaimWork = Pick<HandlerContext, "holders" | "warn"> & { identity: ResourceIdentity };

/**
 * Decides from what is there. An object that a state holds, or may hold, is never claimed: the new one then bears the
 * next mark, the same one again after an interruption.
 *
 * @param options mayBeUntagged when an order that is not tagged yet may have been left behind
 */
export async function claim(
    work: ClaimWork,
    contentHash: string,
    objects: readonly Owned[],
    options: { relatives?: Relatives; mayBeUntagged?: boolean } = {},
): Promise<Claim> {
    const { identity } = work;
    const key = keyOf(identity);
    const discard: Owned[] = [];
    let ownerId = await startingOwnerId(work, objects, options);
    const ownerIds = [ownerId];
    for (;;) {
        const ours = objects.filter(({ ownership }) => ownership.ownerId === ownerId);
        const free: Owned[] = [];
        let held: Owned | undefined;
        for (const one of ours) {
            if (await mayBeHeld(work, one)) held ??= one;
            else free.push(one);
        }
        const adopt = held
            ? undefined
            : free.find(({ ownership, hasFailed }) => ownership.contentHash === contentHash && !hasFailed);
        const others = free.filter((one) => one !== adopt);
        // Without an interrupted create, somebody may have kept it: retainOnDelete, pulumi state delete.
        const isOrphan = isReplacement(identity) || (others.length > 0 && (await wasInterrupted(work, ownerId)));
        const kept = isOrphan ? [] : others.filter(({ hasFailed }) => !hasFailed);
        for (const { id } of kept) work.warn(whyNotDeleted(work.identity, id));
        discard.push(...others.filter((one) => !kept.includes(one)));
        if (!adopt) held ??= kept[0];
        if (!held) {
            await warnOfUnclear(work, [
                ...unclearOf(work, objects, ownerIds),
                ...unclearRelatives(work, options, ownerIds),
            ]);
            discard.push(...(await failedBefore(work, objects, [adopt, ...discard])));
            return { ownership: { ownerId, contentHash, key, isPending: true }, adopt, discard };
        }
        ownerId = nextOwnerId(ownerId, held.id);
        ownerIds.push(ownerId);
    }
}

/** Whether an object that bears the mark of this resource may be in the state of a stack. */
export async function mayBeHeld({ identity, holders, warn }: ClaimWork, one: Owned): Promise<boolean> {
    const { id, ownership, hasFailed } = one;
    if (id === identity.replaces || holders.isHeldHere(id)) return true;
    if (!ownership.isPending && !hasFailed) return true;
    // Such a mark is of this resource alone, and of an object that would be in its state instead of the present one.
    if (isReplacement(identity)) return false;
    const holding = await holders.holding(id);
    if (holding === "unknown") warn(whyKept(id));
    return holding !== "free";
}

export const isReplacement = ({ owner }: ResourceIdentity) => owner !== undefined && owner.generation > 1;

export function whyKept(id: string): string {
    return (
        `${id} was created by a run that was interrupted, and the states of the stacks cannot be read to see whether one ` +
        `holds it, so it is kept and another one is created. If no stack holds ${id}, delete it; if one does, ` +
        `set its tag ${stateTag} to "held"`
    );
}

function whyNotDeleted({ urn }: ResourceIdentity, id: string): string {
    return (
        `${id} was created for "${nameIn(urn)}" with other inputs. No state holds it, and no create of this stack was ` +
        "interrupted, so it is kept. If you do not need it, delete it in the console"
    );
}

/**
 * The mark to begin with. When the stack or the project was renamed since a create was interrupted, that create began
 * with the mark of the old name, which the stack's state still tells.
 */
async function startingOwnerId(
    work: ClaimWork,
    objects: readonly Owned[],
    options: { relatives?: Relatives; mayBeUntagged?: boolean },
): Promise<string> {
    const { identity, holders } = work;
    if (identity.owner && isReplacement(identity)) return ownerIdOf(identity.owner);
    const first = firstOwnerId(identity);
    const unclear = [...unclearOf(work, objects, [first]), ...unclearRelatives(work, options, [first])];
    if (unclear.length === 0 && !options.mayBeUntagged) return first;
    const { here } = await holders.unfinishedCreates(identity.urn);
    return here.map(ownerIdOfCreate).find((ownerId) => ownerId !== first) ?? first;
}

/** The mark with which a create began. */
export function ownerIdOfCreate({ urn, owner }: UnfinishedCreates["here"][number]): string {
    return owner && owner.generation > 1 ? ownerIdOf(owner) : digest(urn, 16);
}

/** Whether an earlier create of an object with this mark has begun and not ended, as far as the stack's state tells. */
export async function wasInterrupted(
    { identity, holders }: Omit<ClaimWork, "warn">,
    ownerId: string,
): Promise<boolean> {
    const { here } = await holders.unfinishedCreates(identity.urn);
    const begun = here.filter((one) => ownerIdOfCreate(one) === ownerId);
    const ours = begun.filter(({ owner }) => owner?.id === identity.owner?.id);
    // The create that runs now is among them. Only a replacement has the same owner in every run.
    return begun.length > ours.length || ours.length > 1;
}

export const urnsOf = ({ urn, urnOfCreation = urn }: ResourceIdentity) => [...new Set([urn, urnOfCreation])];

/** Objects of interrupted runs that were made for a resource of this name, perhaps in another stack. */
export function unclearOf<Tagged extends TaggedObject>(
    { identity, holders }: ClaimWork,
    objects: readonly Tagged[],
    ownerIds: readonly string[],
): Tagged[] {
    const keys = urnsOf(identity).map((urn) => keyOf({ urn }));
    return objects.filter(
        ({ id, ownership: { isPending, key = "", ownerId } }) =>
            isPending && keys.includes(key) && !ownerIds.includes(ownerId) && !holders.isHeldHere(id),
    );
}

function unclearRelatives(
    work: ClaimWork,
    { relatives }: { relatives?: Relatives },
    ownerIds: readonly string[],
): Owned[] {
    if (!relatives) return [];
    const { objects, ownerIdFor = (ownerId) => ownerId } = relatives;
    return unclearOf(work, objects, ownerIds.map(ownerIdFor));
}

export async function warnOfUnclear(
    { identity, holders, warn }: ClaimWork,
    unclear: readonly TaggedObject[],
): Promise<void> {
    if (unclear.length === 0 || (await holders.unfinishedCreates(identity.urn)).areElsewhere) return;
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
    { identity, holders }: ClaimWork,
    objects: readonly Owned[],
    known: readonly (Owned | undefined)[],
): Promise<Owned[]> {
    const key = keyOf(identity);
    const found: Owned[] = [];
    for (const one of objects) {
        if (!one.hasFailed || one.ownership.key !== key || known.includes(one)) continue;
        if ((await holders.holding(one.id)) === "free") found.push(one);
    }
    return found;
}

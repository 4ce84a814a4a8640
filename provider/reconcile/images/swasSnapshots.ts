import { createHash } from "node:crypto";
import { isGone } from "../../clouds/alibaba/failures";
import type { SwasSnapshot } from "../../clouds/alibaba/swas/snapshots";
import type { AlibabaRegion } from "../../clouds/connect";
import { CloudError, UserError } from "../../clouds/errors";
import type { HandlerContext, ResourceIdentity, SweepWork } from "../../pulumi/dynamic/handler";
import { ignoreNotFound } from "../notFound";
import { mayBeHeld } from "../ownership/claim";
import { orphansBeside } from "../ownership/orphans";
import { nameFor, type Owned, type Ownership, owned, readOwnership, tagsWith } from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { type PollResult, waitUntil } from "../polling/waiting";

interface Wanted {
    diskIds: readonly string[];
    identity: ResourceIdentity;
    ownership: Ownership;
    limit: number;
}

/** The snapshots that resources of ours took. */
export async function ownSnapshots(region: AlibabaRegion): Promise<Owned[]> {
    return (await region.swas.allSnapshots()).flatMap(({ snapshotId, tags }) => owned(snapshotId, tags));
}

/** Deletes the snapshots that interrupted runs of the resource left without an image. */
export async function sweepSnapshots(
    work: SweepWork<unknown, unknown>,
    region: AlibabaRegion,
    place: readonly unknown[],
): Promise<void> {
    const snapshots = await work.listed(place, () => ownSnapshots(region));
    const orphans = await orphansBeside(work, work.id, snapshots);
    const resourceOwner = work.identity.owner?.id;
    const ofVersions = snapshots.filter(({ ownership: { versionOf } }) => versionOf && versionOf === resourceOwner);
    // An image that was kept as an earlier version since the list was read may need one of them.
    for (const { id } of [...orphans, ...ofVersions]) await deleteUnused(region, id);
}

/** Deletes a snapshot, unless an image is made of it, with which it is deleted. */
export async function deleteUnused({ swas }: AlibabaRegion, snapshot: string): Promise<void> {
    try {
        await ignoreNotFound(isGone, () => swas.deleteSnapshot(snapshot));
    } catch (error) {
        if (!(error instanceof CloudError && error.code === "SnapshotCreatedImage")) throw error;
    }
}

/**
 * A finished snapshot of each disk, in their order, that belongs to the image about to be made: those that an
 * interrupted run took for it, else new ones. What such runs took of other disks is deleted. A name is one of a kind in
 * a region: when it is refused, and no list shows the snapshot that has it, that snapshot is waited for.
 */
export function ensureSnapshots(context: HandlerContext, region: AlibabaRegion, wanted: Wanted): Promise<string[]> {
    const poll = async (): Promise<PollResult<string[]>> => {
        try {
            return { done: await snapshotsOnce(context, region, wanted) };
        } catch (error) {
            const isUnlisted = error instanceof CloudError && error.code === "InvalidRemark.Duplicate";
            if (!isUnlisted) throw error;
            return { pending: "waiting for the snapshot of an interrupted run to appear" };
        }
    };
    const what = `the snapshots for ${nameFor(wanted.identity, wanted.ownership.ownerId)}`;
    return waitUntil({ context, what, poll, limit: wanted.limit });
}

async function snapshotsOnce(context: HandlerContext, region: AlibabaRegion, wanted: Wanted): Promise<string[]> {
    const { ownerId, contentHash } = wanted.ownership;
    const all = await region.swas.allSnapshots();
    // One that is not pending was kept when its image was deleted.
    const own: SwasSnapshot[] = [];
    for (const one of all) {
        const ownership = readOwnership(one.tags);
        if (!ownership?.isPending || ownership.ownerId !== ownerId) continue;
        const found = { id: one.snapshotId, ownership, hasFailed: false };
        if (!(await mayBeHeld({ ...context, identity: wanted.identity }, found))) own.push(one);
    }
    const isUsable = ({ tags, status }: SwasSnapshot) =>
        readOwnership(tags)?.contentHash === contentHash && status !== "failed";
    const usable = wanted.diskIds.map((diskId) => own.find((one) => one.sourceDiskId === diskId && isUsable(one)));
    for (const snapshot of own.filter((one) => !usable.includes(one))) {
        await ignoreNotFound(isGone, () => region.swas.deleteSnapshot(snapshot.snapshotId));
    }
    const taken = new Set(all.map(({ snapshotName }) => snapshotName ?? ""));
    const ids: string[] = [];
    for (const [index, diskId] of wanted.diskIds.entries()) {
        const known = usable[index]?.snapshotId;
        const id = known ?? (await takeSnapshot(context, region, diskId, wanted, taken));
        await waitForSnapshot(context, region, id, { limit: wanted.limit, isNew: known === undefined });
        ids.push(id);
    }
    return ids;
}

/** SWAS takes one snapshot of a disk at a time: another one, of another image, is waited for. */
function takeSnapshot(
    context: HandlerContext,
    region: AlibabaRegion,
    diskId: string,
    { identity, ownership, limit }: Wanted,
    taken: ReadonlySet<string>,
): Promise<string> {
    // At most 50 characters, a letter first, one of a kind in the region (docs/reference/swas-images.md#snapshots).
    const disk = createHash("sha256").update(diskId).digest("hex").slice(0, 6);
    const stem = `${nameFor(identity, ownership.ownerId)}-${disk}`;
    // A snapshot that was kept when an earlier image went still has its name.
    let name = stem;
    for (let number = 2; taken.has(name); number++) name = `${stem}-${number}`;
    const poll = async (): Promise<PollResult<string>> => {
        try {
            return { done: await region.swas.createSnapshot({ diskId, name, tags: tagsWith(ownership, undefined) }) };
        } catch (error) {
            const isBusy = error instanceof CloudError && error.code === "IncorrectDiskStatus.CreatingSnapshot";
            if (!isBusy) throw error;
            return { pending: "waiting for another snapshot of the disk" };
        }
    };
    return waitUntil({ context, what: `a snapshot of disk ${diskId}`, poll, limit });
}

async function waitForSnapshot(
    context: HandlerContext,
    region: AlibabaRegion,
    id: string,
    { limit, isNew }: { limit: number; isNew: boolean },
): Promise<void> {
    const poll = async (): Promise<PollResult<SwasSnapshot>> => {
        const snapshot = await region.swas.snapshot(id);
        if (snapshot?.status === "accomplished") return { done: snapshot };
        if (snapshot?.status === "failed") {
            await region.swas.deleteSnapshot(id);
            throw new UserError(`snapshot ${id} in ${region.region} failed and was deleted: run up again`);
        }
        const progress = snapshot?.progressPercent === undefined ? undefined : snapshot.progressPercent / 100;
        return { pending: "taking a snapshot", progress };
    };
    const expected = expectedMs.swasSnapshot;
    const asks = region.swas.snapshot;
    await waitUntil({ context, what: `snapshot ${id} in ${region.region}`, poll, limit, expected, asks, isNew });
}

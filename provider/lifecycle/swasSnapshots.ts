import type { SwasSnapshot } from "../clouds/alibaba/swas/snapshots";
import type { AlibabaRegion } from "../clouds/connect";
import { UserError } from "../clouds/errors";
import type { Origin, Surroundings } from "../dynamic/handler";
import { expectedMs } from "./expectedDurations";
import { markedTags, nameFor, ownerMark, ownerTag } from "./origin";
import { type Look, waitUntil } from "./waiting";

/**
 * The finished snapshot of a disk that belongs to the resource: the one that an interrupted run left behind, else a
 * new one. Its name has at most 50 characters and begins with a letter (reference alibaba.md 2.1).
 */
export async function ensureSnapshot(
    surroundings: Surroundings,
    region: AlibabaRegion,
    wanted: { diskId: string; type: "system" | "data"; origin: Origin; limit: number },
): Promise<string> {
    const { diskId, type, origin, limit } = wanted;
    const existing = await region.swas.listSnapshots({ diskId });
    const leftover = existing.find(
        (snapshot) => snapshot.tags[ownerTag] === ownerMark(origin) && snapshot.status !== "failed",
    );
    const id =
        leftover?.snapshotId ??
        (await region.swas.createSnapshot({
            diskId,
            name: `${nameFor(origin)}-${type}`,
            tags: markedTags(origin, undefined),
        }));
    await waitForSnapshot(surroundings, region, id, limit);
    return id;
}

async function waitForSnapshot(
    surroundings: Surroundings,
    region: AlibabaRegion,
    id: string,
    limit: number,
): Promise<void> {
    const look = async (): Promise<Look<SwasSnapshot>> => {
        const [snapshot] = await region.swas.listSnapshots({ snapshotIds: [id] });
        if (snapshot?.status === "accomplished") return { done: snapshot };
        if (snapshot?.status === "failed") {
            await region.swas.deleteSnapshot(id);
            throw new UserError(`snapshot ${id} in ${region.region} failed and was deleted: run up again`);
        }
        const progress = snapshot?.progressPercent === undefined ? undefined : snapshot.progressPercent / 100;
        return { pending: "taking a snapshot", progress };
    };
    await waitUntil({
        surroundings,
        what: `snapshot ${id} in ${region.region}`,
        look,
        limit,
        expected: expectedMs.swasSnapshot,
    });
}

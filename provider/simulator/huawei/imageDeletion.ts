import { kind } from "../core/kinds";
import type { Simulation } from "../core/simulation";
import { beginBackupDeletion } from "./backups";
import { backups, images, memberKey, members } from "./objects";
import { membersOf } from "./visibleImages";

/** An image whose deletion was accepted disappears. */
export const deletionJob = kind<{ imageId: string; deleteBackup: boolean }>("huawei.image.delete");

export function declareImageDeletion(sim: Simulation): void {
    sim.onJob(deletionJob, ({ sim, shelf, body: { imageId, deleteBackup }, failure }) => {
        const image = shelf.get(images, imageId);
        if (!image) return;
        if (failure !== undefined) {
            shelf.change(images, imageId, { status: image.activeAt === null ? "killed" : "active" });
            return;
        }
        for (const member of membersOf(shelf, imageId)) shelf.delete(members, memberKey(imageId, member.projectId));
        shelf.delete(images, imageId);
        const backup = image.backupId === null ? undefined : shelf.get(backups, image.backupId);
        // A backup that still uploads cannot be deleted: the image goes, the backup stays and costs (OTC umn; IMG.0176).
        if (deleteBackup && backup && backup.status !== "protecting") beginBackupDeletion(sim, shelf, backup.id);
    });
}

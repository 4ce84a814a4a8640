import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { beginBackupDeletion } from "../backups/backups";
import { backups } from "../holdings/backup";
import { images } from "../holdings/image";
import { memberKey, members } from "../holdings/member";

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
        for (const projectId of image.sharedWith) shelf.delete(members, memberKey(imageId, projectId));
        shelf.delete(images, imageId);
        if (image.backupId !== null) shelf.change(backups, image.backupId, { imageId: null });
        const backup = image.backupId === null ? undefined : shelf.get(backups, image.backupId);
        // A backup that still uploads cannot be deleted: the image goes, the backup stays and costs (IMG.0176;
        // docs/reference/ims.md#deletion).
        if (deleteBackup && backup && backup.status !== "protecting") beginBackupDeletion(sim, shelf, backup.id);
    });
}

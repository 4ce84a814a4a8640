import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { beginBackupDeletion } from "../backups/backups";
import { backups } from "../models/backup";
import { images } from "../models/image";
import { memberKey, members } from "../models/member";

/** Deletes an image whose deletion was accepted. */
export const deletionJob = kind<{ imageId: string; deleteBackup: boolean }>("huawei.image.delete");

export function declareImageDeletion(sim: Simulation): void {
    sim.onJob(deletionJob, ({ sim, store, body: { imageId, deleteBackup }, failure }) => {
        const image = store.get(images, imageId);
        if (!image) return;
        if (failure !== undefined) {
            store.change(images, imageId, { status: image.activeAt === null ? "killed" : "active" });
            return;
        }
        for (const projectId of image.sharedWith) store.delete(members, memberKey(imageId, projectId));
        store.delete(images, imageId);
        if (image.backupId !== null) store.change(backups, image.backupId, { imageId: null });
        const backup = image.backupId === null ? undefined : store.get(backups, image.backupId);
        // A backup that is still uploading cannot be deleted: the image is deleted, and the backup is kept and billed
        // (IMG.0176; docs/reference/ims.md#deletion).
        if (deleteBackup && backup && backup.status !== "protecting") beginBackupDeletion(sim, store, backup.id);
    });
}

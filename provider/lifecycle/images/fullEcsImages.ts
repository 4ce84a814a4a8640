import { CloudError } from "../../clouds/errors";
import type { Backup } from "../../clouds/huawei/backups";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { Surroundings } from "../../dynamic/handler";
import { expectedMs } from "../expectedDurations";
import { goneIsDone } from "../gone";
import { type Look, waitUntil } from "../waiting";
import { type ImsImage, imsImages } from "./imsImages";
import type { ImageService } from "./service";

/** Refused because the server is being imaged or backed up already (reference huawei.md section 7). */
const busyCodes = new Set(["IMG.0010", "IMG.0136", "IMG.0060"]);

/** The full-ECS images of a project; `limit` is for the deletion of a backup, ms. */
export function fullEcsImages(surroundings: Surroundings, region: HuaweiRegion, limit: number): ImageService<ImsImage> {
    return {
        ...imsImages(region, { wholeImage: true, expected: expectedMs.fullEcsImage }),
        // The cloud deletes the backup with the image when it can; what it leaves behind would go on costing.
        async children(image, recorded) {
            const id = image?.backupId ?? recorded?.[0];
            if (id === undefined) return [];
            return [{ what: `backup ${id}`, remove: () => deleteBackup(surroundings, region, id, limit) }];
        },
        // IMS has no client token, so a request is never sent again before it is certain that no earlier one has been
        // accepted: an image bears its resource's tag, and while it cannot be seen yet, the cloud refuses a second one
        // of the same server.
        mayBeUnderWay: (error) => error instanceof CloudError && (error.outcomeUnknown || busyCodes.has(error.code)),
    };
}

/** The backup behind a full-ECS image; undefined when it was deleted, which must not stop a refresh. */
export async function backupBehind(region: HuaweiRegion, { backupId }: HuaweiImage): Promise<Backup | undefined> {
    return backupId === undefined ? undefined : region.backups.backup({ kind: region.backupKind, id: backupId });
}

async function deleteBackup(
    surroundings: Surroundings,
    region: HuaweiRegion,
    id: string,
    limit: number,
): Promise<void> {
    const kind = region.backupKind;
    const look = async (): Promise<Look<true>> => {
        const backup = await region.backups.backup({ kind, id });
        if (!backup) return { done: true };
        // A backup that is still being written cannot be deleted yet (reference huawei.md 2.7).
        if (backup.status === "available" || backup.status === "error") {
            await goneIsDone(isGone, () => region.backups.deleteBackup({ kind, id }));
        }
        return { pending: `deleting the backup (${backup.status})` };
    };
    await waitUntil({ surroundings, what: `the deletion of backup ${id}`, look, limit });
}

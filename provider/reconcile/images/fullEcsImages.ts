import type { Backup } from "../../clouds/huawei/backups";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { isTakenByUs } from "../backups/externalBackups";
import { ignoreNotFound } from "../notFound";
import { readOwnership } from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { type PollResult, waitUntil } from "../polling/waiting";
import { type ImsImage, imsImages, imsMayBeUnderWay } from "./imsImages";
import type { ImageService } from "./service";

/** Whether the image was created from an existing backup, which is kept. */
const isExternalSource = (image: ImsImage | undefined) => readOwnership(image?.tags)?.isExternalSource === true;

/**
 * The full-ECS images of a project.
 *
 * @param options limit: of the deletion of a backup, ms; backup: the existing backup that the next image is created
 *   from; servers: whose images may be listed late
 */
export function fullEcsImages(
    context: HandlerContext,
    region: HuaweiRegion,
    { limit, backup, servers = [] }: { limit: number; backup?: string; servers?: readonly string[] },
): ImageService<ImsImage> {
    const service = imsImages(region, { wholeImage: true, expected: expectedMs.fullEcsImage });
    return {
        ...service,
        // A backup names its image (docs/reference/csbs-cbr.md#cbr-backups), and another service lists it.
        async unlisted(listed) {
            const kind = region.backupKind;
            const found = await Promise.all(servers.map((serverId) => region.backups.listBackups({ kind, serverId })));
            const ids = found.flat().flatMap(({ imageIds }) => imageIds);
            const unseen = ids.filter((id) => !listed.some((image) => image.id === id));
            const images = await Promise.all(unseen.map((id) => service.findUnlisted(id)));
            return images.flatMap((image) => image ?? []);
        },
        async askForDeletion(id, { withChildren }) {
            const image = (await service.find(id)) ?? (await service.findUnlisted(id));
            const hasOwnBackup = withChildren && !isExternalSource(image);
            return service.askForDeletion(id, { withChildren: hasOwnBackup });
        },
        // The cloud deletes the backup with the image if it can. A backup that is left continues to be billed.
        async children(image, recorded) {
            if (recorded?.length === 0 || isExternalSource(image)) return [];
            const id = image?.backupId ?? recorded?.[0];
            if (id === undefined) return [];
            return [{ what: `backup ${id}`, remove: () => deleteBackup(context, region, id, limit) }];
        },
        async mayBeUnderWay(error, ownership) {
            if (imsMayBeUnderWay(error)) return true;
            return backup !== undefined && isTakenByUs(region, backup, { error, ownership });
        },
    };
}

/** The backup behind a full-ECS image; undefined if it was deleted, which must not fail a refresh. */
export async function backupBehind(region: HuaweiRegion, { backupId }: HuaweiImage): Promise<Backup | undefined> {
    return backupId === undefined ? undefined : region.backups.backup({ kind: region.backupKind, id: backupId });
}

async function deleteBackup(context: HandlerContext, region: HuaweiRegion, id: string, limit: number): Promise<void> {
    const kind = region.backupKind;
    const poll = async (): Promise<PollResult<true>> => {
        const backup = await region.backups.backup({ kind, id });
        if (!backup) return { done: true };
        // A backup that is still being written cannot be deleted yet (docs/reference/ims.md#deletion).
        if (backup.status === "available" || backup.status === "error") {
            await ignoreNotFound(isGone, () => region.backups.deleteBackup({ kind, id }));
        }
        return { pending: `deleting the backup (${backup.status})` };
    };
    await waitUntil({ context, what: `the deletion of backup ${id}`, poll, limit });
}

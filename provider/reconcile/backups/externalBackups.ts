import { CloudError } from "../../clouds/errors";
import type { Backup } from "../../clouds/huawei/backups";
import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import { type Ownership, readOwnership } from "../ownership/ownership";

const sources = {
    cbr: "Open Telekom Cloud, Creating a Full-ECS Image from a CBR Backup, Constraints",
    csbs: "Open Telekom Cloud, Creating a Full-ECS Image from a CSBS Backup, Constraints",
} as const;

/**
 * Rules for a backup that an image is created from, with the error codes with which IMS refuses
 * (docs/reference/full-ecs-images.md#backups-as-sources).
 */
const codes = {
    cbr: { missing: "IMG.0020", state: "IMG.0032", noSystemDisk: "IMG.0033", hasImage: "IMG.0029" },
    csbs: { missing: "IMG.0127", state: "IMG.0132", noSystemDisk: "CSBS.8009", hasImage: "IMG.0134" },
} as const;

const isReady = ({ status, restoreMode }: Backup) =>
    status === "available" || (status === "protecting" && restoreMode === "snapshot");

/** Why no full-ECS image can be created from a backup that the user names; undefined if nothing prevents it. */
export async function givenBackupProblem(region: HuaweiRegion, id: string): Promise<string | undefined> {
    const kind = region.backupKind;
    const rule = (name: keyof (typeof codes)["cbr"]) => `(${sources[kind]}; error ${codes[kind][name]})`;
    const service = kind.toUpperCase();
    const backup = await region.backups.backup({ kind, id });
    if (!backup) {
        return `no ${service} backup ${id} in ${region.region}: correct the id, the region or the profile ${rule("missing")}`;
    }
    if (!backup.disks.some(({ bootable }) => bootable)) {
        return `backup ${id} has no system disk: use a backup of a whole server ${rule("noSystemDisk")}`;
    }
    if (!isReady(backup)) {
        return `backup ${id} is ${backup.status}: an image can be created only when the backup is available ${rule("state")}`;
    }
    const image = await imageCreatedFrom(region, backup);
    // An image that an interrupted run of the same resource started is resumed.
    if (!image || readOwnership(tagsOf(image))?.isPending) return undefined;
    return `image ${image.id} was already created from backup ${id}, and a backup can be used for one image only: create another backup, or use that image ${rule("hasImage")}`;
}

async function imageCreatedFrom(region: HuaweiRegion, { imageIds }: Backup): Promise<HuaweiImage | undefined> {
    const found = await Promise.all(imageIds.map((id) => region.ims.image(id)));
    return found.find((image) => image !== undefined);
}

/** "key=value", or a word, which is a key without a value. */
function tagsOf(image: HuaweiImage): Record<string, string> {
    const pairs = image.tagTexts.map((text) => text.split(/=(.*)/s, 2));
    return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, value]));
}

/**
 * Whether a refusal only means that an earlier request for this image was accepted: the backup is in use, but by an
 * image that is not visible yet, or by the image of this resource.
 */
export async function isTakenByUs(
    region: HuaweiRegion,
    id: string,
    { error, ownership }: { error: unknown; ownership: Ownership },
): Promise<boolean> {
    const kind = region.backupKind;
    if (!(error instanceof CloudError) || error.code !== codes[kind].hasImage) return false;
    const backup = await region.backups.backup({ kind, id });
    if (!backup) return false;
    const image = await imageCreatedFrom(region, backup);
    if (!image) return true;
    const owner = readOwnership(tagsOf(image));
    return owner?.ownerId === ownership.ownerId && owner.isPending;
}

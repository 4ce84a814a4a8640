import type { Backup } from "../clouds/huawei/backups";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { fullEcsImages } from "../reconcile/images/fullEcsImages";
import type { ImsImage } from "../reconcile/images/imsImages";
import { systemImages } from "../reconcile/images/systemImages";
import { imageStatus } from "./imageStatus";
import { otherHuaweiServers } from "./otherServers";
import { huaweiReadOnce } from "./readOnce";
import type { Billed, Holders, RegionStatus } from "./status";

/** System images, full-ECS images and backups of servers in one region. */
export async function huaweiStatus(
    context: HandlerContext,
    live: HuaweiRegion,
    holders: Holders,
): Promise<Pick<RegionStatus, "images" | "withoutImage" | "otherServers" | "notes">> {
    const region = huaweiReadOnce(live);
    const services = {
        "full-ECS image": fullEcsImages(context, region, { limit: 0 }),
        "system image": systemImages(region),
    };
    const [whole, system, backups] = await Promise.all([
        services["full-ECS image"].all(),
        services["system image"].all(),
        region.backups.listBackups({ kind: region.backupKind }),
    ]);
    const statusOf = (kind: keyof typeof services) => (image: ImsImage) => {
        const { description, minDiskGiB: sizeGiB, protected: isProtected, backupId } = image;
        const behind = backups.filter(({ id }) => id === backupId).map(billedOf);
        const facts = { kind, description, sizeGiB, isProtected, behind };
        return imageStatus(context, services[kind], image, facts, holders);
    };
    const images = await Promise.all([
        ...whole.map(statusOf("full-ECS image")),
        ...system.map(statusOf("system image")),
    ]);
    const isUsed = ({ id, imageIds }: Backup) =>
        whole.some((image) => image.backupId === id || imageIds.includes(image.id));
    const left = backups.filter((backup) => !isUsed(backup));
    // Backups have no tag of the resource whose image they were created for.
    return {
        images,
        withoutImage: left.map((one) => ({ ...billedOf(one), madeByStack: false })),
        otherServers: await otherHuaweiServers(region, images),
        notes: [],
    };
}

function billedOf({ id, createdAt, disks }: Backup): Billed {
    return {
        kind: "backup",
        id,
        isFree: false,
        createdAt,
        sizeGiB: disks.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0),
    };
}

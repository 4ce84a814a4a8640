import { creationFilter, filterParameters, isCreatedIn, passes } from "../gateway/filters";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, missingParameter, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { isoSeconds, progressOf } from "../times";
import { listedOn } from "../visibility";
import { ecsInstanceKind, ecsSnapshotKind } from "./holdings";
import { imageFilters } from "./imageFilters";
import { tagViews } from "./tags";
import { systemDiskGiB, type VisibleImage, visibleImages } from "./visibleImages";

function progress(image: VisibleImage, now: number): string {
    if (image.status === "Available" || image.status === "Deprecated") return "100%";
    return image.status === "Creating" && image.own ? progressOf(image.own, now) : "0%";
}

export function imageView(caller: Caller, image: VisibleImage) {
    const done = progress(image, caller.now);
    const snapshots = caller.shelf.list(ecsSnapshotKind).filter(({ value }) => value.imageId === image.id);
    const isUsed = caller.shelf.list(ecsInstanceKind).some(({ value }) => value.imageId === image.id);
    const remainMs = image.own?.status === "Creating" ? Math.max(0, image.own.dueAt - caller.now) : 0;
    return {
        ImageId: image.id,
        ImageName: image.name,
        Description: image.description,
        ImageOwnerAlias: image.alias,
        ImageOwnerId: image.ownerId,
        Status: image.status,
        Usable: image.isUsable,
        Usage: isUsed ? "instance" : "none",
        Progress: done,
        Size: systemDiskGiB(image),
        OSType: image.osType,
        OSName: image.osName,
        OSNameEn: image.osName.replace("64位", "64 bit"),
        Platform: image.platform,
        Architecture: "x86_64",
        CreationTime: isoSeconds(image.createdAt),
        IsSelfShared: "",
        IsPublic: image.alias === "system",
        IsCopied: image.own !== undefined,
        IsSubscribed: false,
        IsSupportCloudinit: true,
        IsSupportIoOptimized: true,
        ImageVersion: "",
        ImageFamily: image.family,
        ProductCode: "",
        BootMode: image.own?.bootMode ?? "BIOS",
        ResourceGroupId: image.own?.resourceGroupId ?? "",
        DiskDeviceMappings: {
            DiskDeviceMapping: image.disks.map((disk) => ({
                Device: disk.device,
                Size: String(disk.sizeGiB),
                SnapshotId: snapshots.find(({ value }) => value.device === disk.device)?.id ?? "",
                Type: disk.type,
                Format: "",
                Progress: done,
                RemainTime: Math.ceil(remainMs / 1000),
                Encrypted: image.own?.isEncrypted ?? false,
            })),
        },
        Tags: { Tag: tagViews(image.own?.tags ?? []) },
    };
}

export const describeImages = operation({
    name: "DescribeImages",
    reads: true,
    parameters: {
        RegionId: required(text()),
        /** One id or a comma list. */
        ImageId: id,
        ImageOwnerAlias: text({ values: ["system", "self", "others", "marketplace"] }),
        ImageOwnerId: text({ pattern: /^\d{1,16}$/ }),
        IsPublic: flag,
        Usable: flag,
        /** Only available ones unless asked otherwise. */
        Status: text(),
        Usage: text({ values: ["instance", "none"] }),
        OSType: text({ values: ["linux", "windows"] }),
        SnapshotId: id,
        Tag: tags,
        Filter: creationFilter,
        // What an image is meant for, and whether it may have expired, hides none here.
        ActionType: text({ values: ["CreateEcs", "ChangeOS"] }),
        ShowExpired: flag,
        DryRun: flag,
        ...filterParameters(imageFilters),
        ...pageParameters(100),
    },
    run: (caller, asked) => {
        // "When Usable is used, Status is required and has no default value" (SDK 7.11.6).
        if (asked.Usable !== undefined && asked.Status === undefined) throw missingParameter("Status");
        const ids = asked.ImageId?.split(",").map((part) => part.trim());
        const { Status = "Available" } = asked;
        const statuses = Status === "ALL" ? undefined : Status.split(",").map((part) => part.trim());
        const isListed = listedOn(caller.shelf);
        const found = visibleImages(caller)
            .filter(
                (image) =>
                    (!image.own || isListed(image.id)) &&
                    (ids?.includes(image.id) ?? true) &&
                    (statuses?.includes(image.status) ?? true) &&
                    (asked.Usable === undefined || image.isUsable === asked.Usable) &&
                    (asked.ImageOwnerAlias === undefined || image.alias === asked.ImageOwnerAlias) &&
                    (asked.ImageOwnerId === undefined || image.ownerId === Number(asked.ImageOwnerId)) &&
                    (asked.OSType === undefined || image.osType === asked.OSType) &&
                    isCreatedIn(asked.Filter, image.createdAt) &&
                    passes(image, imageFilters, asked) &&
                    carries(image.own?.tags ?? [], asked.Tag),
            )
            .map((image) => imageView(caller, image))
            .filter(
                (image) =>
                    (asked.Usage === undefined || image.Usage === asked.Usage) &&
                    // IsPublic asks for community images, of which there are none.
                    asked.IsPublic !== true &&
                    (asked.SnapshotId === undefined ||
                        image.DiskDeviceMappings.DiskDeviceMapping.some(
                            ({ SnapshotId }) => SnapshotId === asked.SnapshotId,
                        )),
            );
        const { items, paging } = pageOf(found, asked);
        return { RegionId: caller.region, ...paging, Images: { Image: items } };
    },
});

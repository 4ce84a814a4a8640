import { integer } from "../../core/integers";
import { filtered } from "../../core/slices";
import { creationFilter, filterParameters, isAnyTime, isCreatedIn, isFiltered, passes } from "../gateway/filters";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, missingParameter, required, text } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { isoSeconds, progressOf } from "../times";
import { isAnythingUnlisted, listedOn } from "../visibility";
import { imageFilters } from "./imageFilters";
import { ecsInstanceKind, ecsSnapshotKind, imageStatuses } from "./models";
import { tagViews } from "./tags";
import { systemDiskGiB, type VisibleImage, visibleImages } from "./visibleImages";

function progress(image: VisibleImage, now: number): string {
    if (image.status === "Available" || image.status === "Deprecated") return "100%";
    return image.status === "Creating" && image.own ? progressOf(image.own, now) : "0%";
}

function usage(caller: Caller, image: VisibleImage): "instance" | "none" {
    return caller.store.where(ecsInstanceKind, "imageId", image.id).length > 0 ? "instance" : "none";
}

/** Returns the snapshot of each disk of the image by device, or "". */
export function snapshotsByDevice(caller: Caller, image: VisibleImage): (device: string) => string {
    const snapshots = caller.store.where(ecsSnapshotKind, "imageId", image.id).slice();
    return (device) => snapshots.find(({ value }) => value.device === device)?.id ?? "";
}

export function imageView(caller: Caller, image: VisibleImage) {
    const done = progress(image, caller.now);
    const snapshotOf = snapshotsByDevice(caller, image);
    const remainMs = image.own?.status === "Creating" ? Math.max(0, image.own.dueAt - caller.now) : 0;
    return {
        ImageId: image.id,
        ImageName: image.name,
        Description: image.description,
        ImageOwnerAlias: image.alias,
        ImageOwnerId: integer(image.ownerId),
        Status: image.status,
        Usable: image.isUsable,
        Usage: usage(caller, image),
        Progress: done,
        Size: systemDiskGiB(image),
        OSType: image.osType,
        OSName: image.osName,
        OSNameEn: image.osName.replace("64位", "64 bit"),
        Platform: image.platform,
        Architecture: "x86_64",
        CreationTime: isoSeconds(image.createdAt),
        IsSelfShared: "",
        IsPublic: image.alias === "system" || image.isPublic,
        IsCopied: image.own !== undefined,
        IsSubscribed: false,
        IsSupportCloudinit: true,
        IsSupportIoOptimized: true,
        ImageVersion: "",
        ImageFamily: image.family,
        ProductCode: "",
        BootMode: image.own?.bootMode ?? "BIOS",
        ResourceGroupId: image.own?.resourceGroupId ?? "",
        Features: {
            NvmeSupport: image.own?.features?.nvme ?? "unsupported",
            ImdsSupport: image.own?.features?.imds ?? "v1",
        },
        DiskDeviceMappings: {
            DiskDeviceMapping: image.disks.map((disk) => ({
                Device: disk.device,
                Size: String(disk.sizeGiB),
                SnapshotId: snapshotOf(disk.device),
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
        /** One id, or several separated by commas. */
        ImageId: id,
        ImageOwnerAlias: text({ values: ["system", "self", "others", "marketplace"] }),
        ImageOwnerId: text({ pattern: /^\d{1,16}$/ }),
        IsPublic: flag,
        Usable: flag,
        /** Default: available images only. */
        Status: text(),
        Usage: text({ values: ["instance", "none"] }),
        OSType: text({ values: ["linux", "windows"] }),
        SnapshotId: id,
        Tag: tags,
        Filter: creationFilter,
        // ActionType and expired images: the simulator filters by neither.
        ActionType: text({ values: ["CreateEcs", "ChangeOS"] }),
        ShowExpired: flag,
        DryRun: flag,
        ...filterParameters(imageFilters),
        ...pageParameters(100),
    },
    run: (caller, params) => {
        // "When Usable is used, Status is required and has no default value" (SDK 7.11.6).
        if (params.Usable !== undefined && params.Status === undefined) throw missingParameter("Status");
        const { store } = caller;
        const ids = params.ImageId?.split(",").map((part) => part.trim());
        const { Status = "Available", Usable, ImageOwnerAlias, ImageOwnerId, OSType, SnapshotId } = params;
        const statuses = Status === "ALL" ? undefined : Status.split(",").map((part) => part.trim());
        const only = statuses?.length === 1 ? imageStatuses.find((status) => status === statuses[0]) : undefined;
        const isListed = listedOn(store);
        const found = filtered(visibleImages(caller, { ids, status: only, withCommunity: params.IsPublic }), [
            isAnythingUnlisted(store) && ((image) => !image.own || isListed(image.id)),
            statuses !== undefined && only === undefined && ((image) => statuses.includes(image.status)),
            Usable !== undefined && ((image) => image.isUsable === Usable),
            ImageOwnerAlias !== undefined && ((image) => image.alias === ImageOwnerAlias),
            ImageOwnerId !== undefined && ((image) => image.ownerId === ImageOwnerId),
            OSType !== undefined && ((image) => image.osType === OSType),
            !isAnyTime(params.Filter) && ((image) => isCreatedIn(params.Filter, image.createdAt)),
            isFiltered(imageFilters, params) && ((image) => passes(image, imageFilters, params)),
            params.Tag.length > 0 && ((image) => carries(image.own?.tags ?? [], params.Tag)),
            params.Usage !== undefined && ((image) => usage(caller, image) === params.Usage),
            // Community images, which other accounts see only with this parameter.
            params.IsPublic === true && ((image) => image.isPublic),
            SnapshotId !== undefined &&
                ((image) => {
                    const snapshotOf = snapshotsByDevice(caller, image);
                    return image.disks.some(({ device }) => snapshotOf(device) === SnapshotId);
                }),
        ]);
        const { items, paging } = pageOf(found, params);
        return {
            RegionId: caller.region,
            ...paging,
            Images: { Image: items.map((image) => imageView(caller, image)) },
        };
    },
});

import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, required, text, withDefault } from "../gateway/parameters";
import { carries, tags } from "../gateway/tagParameters";
import { isoSeconds, progressOf } from "../times";
import { listedBy } from "../visibility";
import { ecsInstanceKind, ecsSnapshotKind } from "./holdings";
import { tagViews } from "./tags";
import { systemDiskGiB, type VisibleImage, visibleImages } from "./visibleImages";

function progress(image: VisibleImage, now: number): string {
    if (image.status === "Available") return "100%";
    return image.status === "Creating" && image.own ? progressOf(image.own, now) : "0%";
}

function view(caller: Caller, image: VisibleImage) {
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
        ImageFamily: "",
        ProductCode: "",
        BootMode: "BIOS",
        ResourceGroupId: "",
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

/** "*web*" finds what has web in its name. */
function matches(name: string, asked: string): boolean {
    const parts = asked.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(name);
}

export const describeImages = operation({
    name: "DescribeImages",
    reads: true,
    parameters: {
        RegionId: required(text()),
        /** One id or a comma list. */
        ImageId: id,
        ImageName: text(),
        ImageOwnerAlias: text({ values: ["system", "self", "others", "marketplace"] }),
        ImageOwnerId: text({ pattern: /^\d{1,16}$/ }),
        IsPublic: flag,
        /** Only available ones unless asked otherwise. */
        Status: withDefault(text(), "Available"),
        Usage: text({ values: ["instance", "none"] }),
        OSType: text({ values: ["linux", "windows"] }),
        Architecture: text(),
        SnapshotId: id,
        Tag: tags,
        ...pageParameters(100),
    },
    run: (caller, asked) => {
        const ids = asked.ImageId?.split(",").map((part) => part.trim());
        const statuses = asked.Status === "ALL" ? undefined : asked.Status.split(",").map((part) => part.trim());
        const isListed = listedBy(caller.sim);
        const found = visibleImages(caller)
            .filter(
                (image) =>
                    (!image.own || isListed(image.createdAt)) &&
                    (ids?.includes(image.id) ?? true) &&
                    (statuses?.includes(image.status) ?? true) &&
                    (asked.ImageName === undefined || matches(image.name, asked.ImageName)) &&
                    (asked.ImageOwnerAlias === undefined || image.alias === asked.ImageOwnerAlias) &&
                    (asked.ImageOwnerId === undefined || image.ownerId === Number(asked.ImageOwnerId)) &&
                    (asked.OSType === undefined || image.osType === asked.OSType) &&
                    carries(image.own?.tags ?? [], asked.Tag),
            )
            .map((image) => view(caller, image))
            .filter(
                (image) =>
                    (asked.Usage === undefined || image.Usage === asked.Usage) &&
                    (asked.Architecture === undefined || image.Architecture === asked.Architecture) &&
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

import { type Caller, operation } from "../gateway/operation";
import { required, text } from "../gateway/parameters";
import { imageView } from "./imageList";
import { type VisibleImage, visibleImages } from "./visibleImages";

/** The newest available image of a family. If two have the same time, the later one. */
export function latestOfFamily(caller: Caller, family: string): VisibleImage | undefined {
    return visibleImages(caller, { status: "Available" })
        .slice()
        .filter((image) => image.family === family)
        .reduce<VisibleImage | undefined>(
            (latest, image) => (latest && latest.createdAt > image.createdAt ? latest : image),
            undefined,
        );
}

export const describeImageFromFamily = operation({
    name: "DescribeImageFromFamily",
    reads: true,
    parameters: { RegionId: required(text()), ImageFamily: required(text()) },
    run: (caller, { ImageFamily }) => {
        const image = latestOfFamily(caller, ImageFamily);
        // "If no available image exists in the specified image family, the response is empty" (SDK 7.11.6).
        if (!image) return {};
        // The fields of DescribeImages, without those that this operation does not return.
        const {
            ImageOwnerId: _owner,
            Usable: _usable,
            OSNameEn: _name,
            IsPublic: _public,
            BootMode: _boot,
            ResourceGroupId: _group,
            Features: _features,
            DiskDeviceMappings,
            ...shown
        } = imageView(caller, image);
        const disks = DiskDeviceMappings.DiskDeviceMapping.map(
            ({ Progress: _progress, RemainTime: _time, Encrypted: _encrypted, ...disk }) => disk,
        );
        return { Image: { ...shown, DiskDeviceMappings: { DiskDeviceMapping: disks } } };
    },
});

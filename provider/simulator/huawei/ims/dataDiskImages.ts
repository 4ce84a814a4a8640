import { z } from "zod";
import type { Operation } from "../gateway/operation";
import { openJob, runJob } from "../jobs/jobs";
import { isOccupied } from "../jobs/occupation";
import { servers } from "../models/server";
import { isDedicated, type Volume, volumes } from "../models/volume";
import { refuse } from "../rules";
import { type DiskImage, orderDiskImage } from "./diskImages";
import type { ImageWork } from "./imageLife";
import { draftOf, imageRequest } from "./imageRequests";
import { imageSourceRules as rules } from "./imageRules";
import { systemOf, unknownVersion } from "./osVersions";

/** An entry of data_images that names a disk. */
export const dataImage = imageRequest.pick({ name: true, description: true, tags: true, image_tags: true }).extend({
    volume_id: z.string(),
});

function dataDisk({ store }: Operation, id: string): Volume {
    const disk = store.get(volumes, id);
    if (!disk) throw refuse(rules.diskUnavailable, id);
    if (disk.attachment?.bootIndex === 0) throw refuse(rules.diskUnavailable, `${id} (a system disk)`);
    if (isDedicated(disk)) throw refuse(rules.dedicatedDisk, id);
    if (disk.status !== "available" && disk.status !== "in-use")
        throw refuse(rules.diskState, `(${id}: ${disk.status})`);
    const serverId = disk.attachment?.serverId;
    if (serverId !== undefined && isOccupied(store, serverId)) throw refuse(rules.serverBusy, serverId);
    return disk;
}

/** A system image of a disk on which a system was installed (OTC creating_an_image.rst). */
export function orderVolumeImage(
    operation: Operation,
    volumeId: string,
    osVersion: string | undefined,
    wanted: z.infer<typeof imageRequest>,
): ImageWork {
    const draft = draftOf(operation, wanted);
    operation.names(volumeId);
    if (!osVersion) throw refuse(rules.osVersionMissing, "(os_version)");
    const disk = dataDisk(operation, volumeId);
    const facts = { os: systemOf(osVersion), guest: {}, dataOrigin: `volume,${volumeId}`, originalImageId: "" };
    const image = { volumeId, serverId: disk.attachment?.serverId ?? null, draft, facts };
    return orderDiskImage(operation, image, "imsVolumeCreateImageJob");
}

function dataDiskImage(operation: Operation, wanted: z.infer<typeof dataImage>): DiskImage {
    const { volume_id: volumeId, ...rest } = wanted;
    operation.names(volumeId);
    const disk = dataDisk(operation, volumeId);
    const serverId = disk.attachment?.serverId ?? null;
    const os = (serverId ? operation.store.get(servers, serverId)?.os : undefined) ?? systemOf(unknownVersion);
    const drafted = draftOf(operation, rest);
    const draft = { ...drafted, attributes: { ...drafted.attributes, virtual_env_type: "DataImage" } };
    const facts = { os, guest: {}, dataOrigin: `volume,${volumeId}`, originalImageId: "" };
    return { volumeId, serverId, draft, facts };
}

/**
 * Images of data disks of one server, optionally with its system disk: one job with a part for each image.
 *
 * @returns the job's id. Only its parts contain the ids of the images
 */
export function orderDataDiskImages(
    operation: Operation,
    wanted: readonly z.infer<typeof dataImage>[],
    systemImage: DiskImage | undefined,
): string {
    const { sim, store } = operation;
    const all = [...(systemImage ? [systemImage] : []), ...wanted.map((one) => dataDiskImage(operation, one))];
    if (new Set(all.map(({ serverId }) => serverId)).size > 1) throw refuse(rules.disksOfSeveral);
    if (new Set(all.map(({ volumeId }) => volumeId)).size < all.length) throw refuse(rules.diskUnavailable, "(twice)");
    const parent = openJob(sim, store, { service: "ims", type: "imsVolumesToSysDataImagesJob", expectedMs: 0 });
    for (const image of all) orderDiskImage(operation, image, "imsCopyVolumeToImageJob", parent.id);
    runJob(store, parent.id);
    operation.names(parent.id);
    return parent.id;
}

import { z } from "zod";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { openJob, runJob } from "../jobs/jobs";
import { refuse } from "../rules";
import { dataImage, orderDataDiskImages, orderVolumeImage } from "./dataDiskImages";
import { fileImage, orderFileImage } from "./fileImages";
import { imageRequest } from "./imageRequests";
import { imageRequestRules, imageSourceRules } from "./imageRules";
import { ims } from "./service";
import { orderSystemImage, systemDiskImage } from "./systemImages";

const ofDisks = imageRequest.extend({
    image_url: z.undefined().optional(),
    instance_id: z.string().optional(),
    volume_id: z.string().optional(),
    os_version: z.string().optional(),
    data_images: z.array(dataImage).optional(),
});
const ofFile = fileImage.extend({ data_images: z.array(fileImage).max(3).optional() });
const request = z.union([ofFile, ofDisks]);

/** A system image of a file, with up to three data images. */
function fromFiles(operation: Operation, { data_images: data = [], ...system }: z.infer<typeof ofFile>): string {
    const { sim, store } = operation;
    if (data.length === 0) return orderFileImage(operation, system).jobId;
    const addresses = [system, ...data].map(({ image_url }) => image_url);
    if (new Set(addresses).size < addresses.length) throw refuse(imageSourceRules.fileTwice);
    const parent = openJob(sim, store, { service: "ims", type: "imsImportSysDataImagesJob", expectedMs: 0 });
    orderFileImage(operation, system, false, parent.id);
    for (const one of data) orderFileImage(operation, { ...one, os_type: system.os_type }, true, parent.id);
    runJob(store, parent.id);
    operation.names(parent.id);
    return parent.id;
}

function fromDisks(operation: Operation, wanted: z.infer<typeof ofDisks>): string {
    const { instance_id: serverId, volume_id: volumeId, os_version, data_images: data = [], ...rest } = wanted;
    if (volumeId !== undefined) return orderVolumeImage(operation, volumeId, os_version, rest).jobId;
    if (data.length === 0) return orderSystemImage(operation, serverId, rest).jobId;
    const system = serverId === undefined ? undefined : systemDiskImage(operation, serverId, rest);
    return orderDataDiskImages(operation, data, system);
}

function createImage(operation: Operation): Reply {
    if (operation.request.body.length === 0) throw refuse(imageRequestRules.emptyBody);
    const wanted = operation.body(request);
    const jobId = wanted.image_url === undefined ? fromDisks(operation, wanted) : fromFiles(operation, wanted);
    return ok({ job_id: jobId });
}

/** OTC creating_a_data_disk_image_from_an_external_image_file.rst. */
function createDataImage(operation: Operation): Reply {
    if (operation.request.body.length === 0) throw refuse(imageRequestRules.emptyBody);
    return ok({ job_id: orderFileImage(operation, operation.body(fileImage), true).jobId });
}

export const imageCreationRoutes: readonly Route[] = [
    ...["/v2/cloudimages/action", "/v2.1/cloudimages/action"].map(
        (path): Route => ({ method: "POST", path, service: ims, operation: "CreateImage", handler: createImage }),
    ),
    {
        method: "POST",
        path: "/v1/cloudimages/dataimages/action",
        service: ims,
        operation: "CreateDataImage",
        handler: createDataImage,
    },
];

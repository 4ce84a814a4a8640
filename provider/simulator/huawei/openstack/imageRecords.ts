import { createHash } from "node:crypto";
import { z } from "zod";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { imageDocument } from "../ims/imageDocument";
import { activate, usedBytes } from "../ims/imageLife";
import { checkImageQuota } from "../ims/imageQuota";
import { checkName, readTag, withTags } from "../ims/imageRequests";
import { imageRequestRules } from "../ims/imageRules";
import { ownImage } from "../ims/images";
import { newImage } from "../ims/newImage";
import { systemOf, unknownVersion } from "../ims/osVersions";
import { readOnlyAttributes } from "../ims/readOnlyAttributes";
import { glance, ims } from "../ims/service";
import { task } from "../jobs/task";
import { type Image, images } from "../models/image";
import { refuse } from "../rules";
import { hideFromLists, listLater } from "../visibility";
import { nativeRules } from "./nativeRules";

const record = z
    .object({
        name: z.string().default(""),
        __os_version: z.string().default(unknownVersion),
        visibility: z.literal("private").default("private"),
        protected: z.boolean().default(false),
        container_format: z.string().default("bare"),
        disk_format: z.enum(["zvhd2", "vhd", "zvhd", "raw", "qcow2", "vmdk", "iso"]).default("zvhd2"),
        tags: z.array(z.string()).default([]),
        min_ram: z.number().int().min(0).default(0),
        min_disk: z.number().int().min(0).max(1024).default(0),
    })
    .catchall(z.string());

const isFormat = (name: string): boolean => name === "container_format" || name === "disk_format";

const registration = z.object({ image_url: z.string().regex(/^[^:]+:.+$/, "must be bucket:file") });

/** Fields of an image that the answer to the creation of a record lacks (OTC, as for the body). */
const later = new Set([
    "__lazyloading",
    "__originalimagename",
    "__sequence_num",
    "__support_kvm",
    "enterprise_project_id",
]);

/** The queued record of an image whose file is not uploaded yet. No task uses it, so it can be deleted immediately. */
function createRecord(operation: Operation): Reply {
    const { sim, store, project } = operation;
    const { name, visibility: _, tags, __os_version: version, ...wanted } = operation.body(record);
    const { protected: isProtected, min_ram: minRamMiB, min_disk: minDiskGiB, ...attributes } = wanted;
    if (name !== "") checkName(name);
    checkImageQuota(operation);
    const fixed = Object.keys(attributes).find((one) => readOnlyAttributes.has(one) && !isFormat(one));
    if (fixed !== undefined) throw refuse(nativeRules.attributeReadOnly, fixed);
    const id = sim.ids.uuid();
    operation.names(id);
    const image = newImage(
        {
            id,
            projectId: project.id,
            name,
            status: "queued",
            dataOrigin: "",
            os: systemOf(version),
            systemDiskGiB: 0,
            minDiskGiB,
            minRamMiB,
            sizeBytes: 0,
            isProtected,
            enterpriseProjectId: "0",
            attributes: { ...attributes, __root_origin: "file" },
            tags: withTags(sim, [], tags.map(readTag)),
            jobId: "",
        },
        operation.now,
    );
    store.put(images, id, image);
    hideFromLists(sim, store, id);
    listLater(sim, store, id);
    const document = Object.entries(imageDocument({ relation: "own", image }));
    return { status: 201, body: Object.fromEntries(document.filter(([field]) => !later.has(field))) };
}

/** The caller's image without data. */
function queuedImage(operation: Operation): Image {
    const image = ownImage(operation, operation.param("image_id"));
    if (image.status !== "queued" || image.attributes.__root_origin !== "file") {
        throw refuse(nativeRules.imageNotQueued, image.id);
    }
    return image;
}

const uploaded = kind<{ imageId: string }>("huawei.imageUpload.finish");

const registered = task<{ imageId: string }>("huawei.imageRegistration.finish", {
    done: ({ sim, store, body }) => {
        activate(sim, store, body.imageId);
        return undefined;
    },
    failed: ({ sim, store, body }) =>
        store.change(images, body.imageId, { status: "killed", updatedAt: sim.clock.now() }),
    results: ({ imageId }) => ({ image_id: imageId }),
});

export function declareImageRecords(sim: Simulation): void {
    registered.declare(sim);
    sim.onJob(uploaded, ({ sim, store, body, failure }) => {
        if (failure === undefined) activate(sim, store, body.imageId);
        else store.change(images, body.imageId, { status: "killed", updatedAt: sim.clock.now() });
    });
}

/** Uploads the file, at most 1 MiB in the simulator. Only its size and hash are stored. */
function uploadFile(operation: Operation): Reply {
    const { sim, store, scope, request } = operation;
    const image = queuedImage(operation);
    const checksum = createHash("md5").update(request.body).digest("hex");
    store.change(images, image.id, {
        status: "saving",
        sizeBytes: request.body.length,
        attributes: { ...image.attributes, checksum },
        updatedAt: operation.now,
    });
    sim.schedule(uploaded, scope, durationOf(sim, "imageUpload"), { imageId: image.id });
    return noContentReply;
}

/** Registers a file in a bucket. Buckets are not simulated: every name counts as an existing file. */
function registerFile(operation: Operation): Reply {
    if (operation.request.body.length === 0) throw refuse(imageRequestRules.emptyBody);
    const { sim, store } = operation;
    const { image_url: url } = operation.body(registration);
    const image = queuedImage(operation);
    const entities = { image_name: image.name, image_id: image.id };
    const jobId = registered.begin(
        { sim, store, body: { imageId: image.id } },
        { service: "ims", type: "imsNativeImportImageJob", expectedMs: durationOf(sim, "imageImport"), entities },
    );
    operation.names(jobId);
    store.change(images, image.id, {
        status: "saving",
        dataOrigin: `file,${url}`,
        sizeBytes: usedBytes(image.minDiskGiB),
        jobId,
        updatedAt: operation.now,
    });
    return ok({ job_id: jobId });
}

export const imageRecordRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v2/images",
        service: glance,
        operation: "GlanceCreateImageMetadata",
        handler: createRecord,
    },
    {
        method: "PUT",
        path: "/v2/images/{image_id}/file",
        service: glance,
        operation: "GlanceUploadImage",
        handler: uploadFile,
    },
    {
        method: "PUT",
        path: "/v1/cloudimages/{image_id}/upload",
        service: ims,
        operation: "RegisterImage",
        handler: registerFile,
    },
];

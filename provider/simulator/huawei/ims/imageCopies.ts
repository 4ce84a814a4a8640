import { z } from "zod";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { runJob } from "../jobs/jobs";
import { images } from "../models/image";
import { refuse } from "../rules";
import { endImage, type ImageWork, orderImage } from "./imageLife";
import { draftOf, imageRequest } from "./imageRequests";
import { imageRules } from "./imageRules";
import { ownImage } from "./images";
import { ims } from "./service";

const copyRequest = imageRequest.extend({ cmk_id: z.string().optional() });

const finish = kind<ImageWork>("huawei.imageCopy.finish");

/** A copy within the region. A full-ECS image cannot be copied (docs/reference/ims.md#copies). */
function copyImage(operation: Operation): Reply {
    const { sim, store, scope, now } = operation;
    const source = ownImage(operation, operation.param("image_id"));
    if (source.isWhole) throw refuse(imageRules.wholeCopy, source.id);
    if (source.attributes.virtual_env_type === "IsoImage") throw refuse(imageRules.isoCopy, source.id);
    if (source.status !== "active") throw refuse(imageRules.unavailable, source.id);
    const wanted = operation.body(copyRequest);
    const draft = draftOf(operation, wanted);
    // A copy is encrypted only if the request names a key (error_codes.rst, IMG.0098).
    const { __system__cmkid: _, ...attributes } = source.attributes;
    const expectedMs = durationOf(sim, "imageCopy");
    const work = orderImage(sim, store, {
        type: "imsCopyImageInRegionJob",
        expectedMs,
        entities: { image_name: draft.name },
    });
    const { jobId, imageId } = work;
    operation.names(jobId, imageId);
    store.put(images, imageId, {
        ...source,
        id: imageId,
        name: draft.name,
        status: "saving",
        isProtected: false,
        enterpriseProjectId: draft.enterpriseProjectId,
        dataOrigin: `image,${scope.region},${source.id}`,
        originalImageId: source.id,
        attributes: {
            ...attributes,
            ...draft.attributes,
            hw_firmware_type: attributes.hw_firmware_type ?? "bios",
            ...(wanted.cmk_id ? { __system__cmkid: wanted.cmk_id } : {}),
        },
        tags: draft.tags,
        createdAt: now,
        updatedAt: now,
        activeAt: null,
        jobId,
        sharedWith: [],
    });
    runJob(store, jobId, { image_id: imageId });
    sim.schedule(finish, scope, expectedMs, work);
    return ok({ job_id: jobId });
}

export function declareImageCopies(sim: Simulation): void {
    sim.onJob(finish, ({ sim, store, body, failure }) => endImage(sim, store, body, failure));
}

export const imageCopyRoutes: readonly Route[] = ["v1", "v2.1"].map((version) => ({
    method: "POST",
    path: `/${version}/cloudimages/{image_id}/copy`,
    service: ims,
    operation: "CopyImageInRegion",
    handler: copyImage,
}));

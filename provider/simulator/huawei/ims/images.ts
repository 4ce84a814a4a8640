import { z } from "zod";
import { isDeletedDuringCreation } from "../deletionDuringCreation";
import { durationOf } from "../durations";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { isRunning, jobs } from "../jobs/jobs";
import { type Image, images } from "../models/image";
import { findVisible } from "../models/visibleImages";
import { refuse } from "../rules";
import { deletionJob } from "./imageDeletion";
import { imageDocument } from "./imageDocument";
import { selectImages } from "./imageFilters";
import { cancelImage } from "./imageLife";
import { imageRules } from "./imageRules";
import { glance, ims } from "./service";

function listImages(operation: Operation): Reply {
    return ok({ images: selectImages(operation, operation.query) });
}

function listNative(operation: Operation): Reply {
    const { query } = operation;
    const documents = selectImages(operation, query);
    const limit = Number(query.get("limit") ?? 0);
    const last = documents.at(-1);
    const isFull = limit > 0 && documents.length === limit && last !== undefined;
    const next = new URLSearchParams(query);
    if (isFull) next.set("marker", String(last.id));
    query.delete("marker");
    const first = query.size > 0 ? `/v2/images?${query}` : "/v2/images";
    return ok({
        images: documents,
        schema: "/v2/schemas/images",
        first,
        ...(isFull ? { next: `/v2/images?${next}` } : {}),
    });
}

function showImage(operation: Operation): Reply {
    const visible = findVisible(operation, operation.param("image_id"));
    if (!visible) throw refuse(imageRules.missingNative, operation.param("image_id"));
    return ok(imageDocument(visible));
}

/** An image that the caller owns, for operations of the owner. */
export function ownImage(operation: Operation, id: string): Image {
    const visible = findVisible(operation, id);
    if (!visible) throw refuse(imageRules.missing, id);
    if (visible.relation !== "own") throw refuse(imageRules.ownerOnly, id);
    return visible.image;
}

const deletion = z.object({ delete_backup: z.boolean().optional() });

function deleteImage(operation: Operation): Reply {
    const { sim, store, scope, request } = operation;
    const id = operation.param("image_id");
    const { delete_backup: deleteBackup = false } = request.body.length === 0 ? {} : operation.body(deletion);
    const visible = findVisible(operation, id);
    if (!visible) throw refuse(imageRules.missingOnDelete, id);
    if (visible.relation === "gold") throw refuse(imageRules.isPublic, id);
    if (visible.relation === "shared") throw refuse(imageRules.deleteByOwner, id);
    const { image } = visible;
    if (image.isProtected) throw refuse(imageRules.isProtected, id);
    const job = store.get(jobs, image.jobId);
    if (job && isRunning(job)) {
        if (!isDeletedDuringCreation(sim)) throw refuse(imageRules.isBeingCreated, id);
        cancelImage(sim, store, { jobId: job.id, imageId: id });
    }
    if (image.backupId !== null) operation.names(image.backupId);
    // The answer is 204 immediately, and the image disappears later (terraform-provider-huaweicloud polls the list).
    if (image.status !== "deleted") {
        store.change(images, id, { status: "deleted", updatedAt: operation.now });
        sim.schedule(deletionJob, scope, durationOf(sim, "imageDelete"), { imageId: id, deleteBackup });
    }
    return noContentReply;
}

export const imageRoutes: readonly Route[] = [
    {
        method: "GET",
        path: "/v2/cloudimages",
        service: ims,
        operation: "ListImages",
        isRead: true,
        handler: listImages,
    },
    {
        method: "GET",
        path: "/v2/images",
        service: glance,
        operation: "GlanceListImages",
        isRead: true,
        handler: listNative,
    },
    {
        method: "GET",
        path: "/v2/images/{image_id}",
        service: glance,
        operation: "GlanceShowImage",
        isRead: true,
        handler: showImage,
    },
    {
        method: "DELETE",
        path: "/v2/images/{image_id}",
        service: glance,
        operation: "DeleteImage",
        handler: deleteImage,
    },
];

import { z } from "zod";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { task } from "../jobs/task";
import { refuse } from "../rules";
import { imageRules } from "./imageRules";
import { ownImage } from "./images";
import { ims } from "./service";

const exportRequest = z.object({
    bucket_url: z.string().regex(/^[^:]+:.+$/, "must be bucket:file"),
    file_format: z.enum(["qcow2", "vhd", "zvhd", "vmdk", "zvhd2"]),
    is_quick_export: z.boolean().optional(),
});

const exported = task<{ imageId: string }>("huawei.imageExport.finish", { done: () => undefined });

export const declareImageExports = exported.declare;

/**
 * Exports an image to a bucket. Buckets are not simulated, only the job is. A full-ECS image cannot be exported
 * (docs/reference/ims.md#exports).
 */
function exportImage(operation: Operation): Reply {
    const { sim, store } = operation;
    const image = ownImage(operation, operation.param("image_id"));
    if (image.isWhole) throw refuse(imageRules.wholeExport, image.id);
    if (image.status !== "active") throw refuse(imageRules.unavailable, image.id);
    operation.body(exportRequest);
    const jobId = exported.begin(
        { sim, store, body: { imageId: image.id } },
        {
            service: "ims",
            type: "imsNativeExportImageJob",
            expectedMs: durationOf(sim, "imageExport"),
            entities: { image_id: image.id, image_name: image.name },
        },
    );
    operation.names(jobId);
    return ok({ job_id: jobId });
}

export const imageTransferRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v1/cloudimages/{image_id}/file",
        service: ims,
        operation: "ExportImage",
        handler: exportImage,
    },
];

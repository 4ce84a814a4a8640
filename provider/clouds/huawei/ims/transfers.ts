import { startedJob } from "../jobs";
import { path, type Rest } from "../rest";

/** A copy of an image in its own region. */
export interface CopyImageRequest {
    name: string;
    description?: string;
    /** Encrypts the copy with this key of KMS. */
    keyId?: string;
}

/** A copy of an image in another region of Huawei Cloud. Open Telekom Cloud has no such operation. */
export interface CopyImageToRegionRequest {
    name: string;
    description?: string;
    /** Region id to copy to. */
    region: string;
    /** The project there, by name. */
    project: string;
    /** The IAM agency that lets IMS work in the other region. */
    agency: string;
    /** A replication vault there; required for a whole image of CBR. */
    vaultId?: string;
}

export interface ExportImageRequest {
    /** "bucket:file" in OBS. */
    file: string;
    format: "qcow2" | "vhd" | "zvhd" | "vmdk";
}

/**
 * Copies and exports of images (docs/reference/ims.md#copies). Each operation starts a job and returns its id. A whole
 * image can be neither copied within its region (IMG.0130) nor exported (IMG.0128).
 */
export function transferOperations(rest: Rest) {
    return {
        copyImage: (imageId: string, request: CopyImageRequest): Promise<string> =>
            rest.ask({
                operation: "CopyImageInRegion",
                method: "POST",
                path: path`/v1/cloudimages/${imageId}/copy`,
                body: { name: request.name, description: request.description, cmk_id: request.keyId },
                answer: startedJob,
                idempotent: false,
            }),

        /** The job belongs to this region, the image that it names to the other region. */
        copyImageToRegion: (imageId: string, request: CopyImageToRegionRequest): Promise<string> =>
            rest.ask({
                operation: "CopyImageCrossRegion",
                method: "POST",
                path: path`/v1/cloudimages/${imageId}/cross_region_copy`,
                body: {
                    name: request.name,
                    description: request.description,
                    region: request.region,
                    project_name: request.project,
                    agency_name: request.agency,
                    vault_id: request.vaultId,
                },
                answer: startedJob,
                idempotent: false,
            }),

        /** Writing the same file twice leaves one file. */
        exportImage: (imageId: string, request: ExportImageRequest): Promise<string> =>
            rest.ask({
                operation: "ExportImage",
                method: "POST",
                path: path`/v1/cloudimages/${imageId}/file`,
                body: { bucket_url: request.file, file_format: request.format },
                answer: startedJob,
                idempotent: true,
            }),
    };
}

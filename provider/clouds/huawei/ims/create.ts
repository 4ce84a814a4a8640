import { startedJob } from "../jobs";
import { path, type Rest } from "../rest";

interface NewImage {
    /** 1 to 128 letters, digits, spaces and `-` `_` `.`, without a space at either end. */
    name: string;
    /** At most 1024 characters, without line breaks, `<` and `>`. */
    description?: string;
    /** At most 10; key up to 36, value up to 43 characters. */
    tags?: Record<string, string>;
    /** MiB. */
    minRam?: number;
    /** MiB. */
    maxRam?: number;
}

/** A whole image from a running or stopped server, or from a backup of one. */
export type CreateWholeImageRequest = NewImage &
    (
        | {
              instanceId: string;
              /** Required if the backup is stored in CBR. */
              vaultId?: string;
          }
        | {
              backupId: string;
              /** "CBR" for backups of CBR. @default "CSBS", the cloud's own default */
              wholeImageType?: "CBR" | "CSBS";
          }
    );

/** A system-disk image from a running or stopped server, or from a disk with an operating system. */
export type CreateSystemImageRequest = NewImage &
    (
        | { instanceId: string }
        | {
              volumeId: string;
              /** As the cloud writes it: "Ubuntu 22.04 server 64bit". */
              osVersion: string;
          }
    );

function commonFields({ name, description, tags, minRam, maxRam }: NewImage) {
    const imageTags = tags && Object.entries(tags).map(([key, value]) => ({ key, value }));
    return { name, description, image_tags: imageTags, min_ram: minRam, max_ram: maxRam };
}

function wholeSource(request: CreateWholeImageRequest) {
    return "instanceId" in request
        ? { instance_id: request.instanceId, vault_id: request.vaultId }
        : { backup_id: request.backupId, whole_image_type: request.wholeImageType };
}

function systemSource(request: CreateSystemImageRequest) {
    return "instanceId" in request
        ? { instance_id: request.instanceId }
        : { volume_id: request.volumeId, os_version: request.osVersion };
}

/**
 * Creates images. Each operation starts a job and returns its id. IMS accepts no client token, so a request whose
 * answer was lost is never repeated: it fails with a CloudError with `outcomeUnknown`, and the caller first looks for
 * the image by name.
 */
export function createOperations(rest: Rest) {
    return {
        /** Starts a whole image (system disk and data disks) and returns the job's id. */
        createWholeImage: (request: CreateWholeImageRequest): Promise<string> =>
            rest.ask({
                operation: "CreateWholeImage",
                method: "POST",
                path: path`/v1/cloudimages/wholeimages/action`,
                body: { ...commonFields(request), ...wholeSource(request) },
                answer: startedJob,
                idempotent: false,
            }),

        /** Starts an image of a system disk and returns the job's id. */
        createSystemImage: (request: CreateSystemImageRequest): Promise<string> =>
            rest.ask({
                operation: "CreateImage",
                method: "POST",
                path: path`/v2/cloudimages/action`,
                body: { ...commonFields(request), ...systemSource(request) },
                answer: startedJob,
                idempotent: false,
            }),
    };
}

import type { Image, Tag } from "../models/image";
import type { PublicImage } from "../models/publicImages";
import type { VisibleImage } from "../models/visibleImages";
import { inSeconds } from "../times";

/** The MD5 of no data. IMS returns it for every image (docs/reference/ims.md#image-fields). */
const emptyChecksum = "d41d8cd98f00b204e9800998ecf8427e";

/** When the cloud's own images were registered. Any fixed time is correct. */
const goldTime = "2025-06-01T00:00:00Z";

/** A tag as in image.tags. A plain tag has no value. */
export const tagText = ({ key, value }: Tag): string => (value === "" ? key : `${key}=${value}`);

function shared(id: string, type: "Linux" | "Windows", platform: string, version: string) {
    return {
        schema: "/v2/schemas/image",
        id,
        self: `/v2/images/${id}`,
        file: `/v2/images/${id}/file`,
        container_format: "bare",
        disk_format: "zvhd2",
        size: 0,
        virtual_size: null,
        checksum: emptyChecksum,
        virtual_env_type: "FusionCompute",
        __image_source_type: "uds",
        __isregistered: "true",
        __os_type: type,
        __os_bit: "64",
        __os_version: version,
        __platform: platform,
        __support_kvm: "true",
        __sequence_num: "0",
    };
}

function goldDocument(image: PublicImage): Record<string, unknown> {
    return {
        ...shared(image.id, image.os.type, image.os.platform, image.os.version),
        name: image.name,
        owner: "1bbd2c7d5a4b4bfa9b4d3c4f5e6a7b8c",
        status: "active",
        visibility: "public",
        __imagetype: "gold",
        protected: true,
        min_disk: image.minDiskGiB,
        min_ram: image.minRamMiB,
        created_at: goldTime,
        updated_at: goldTime,
        active_at: goldTime,
        tags: [],
        __originalimagename: "",
        __lazyloading: "true",
        __image_size: "1073741824",
        hw_firmware_type: "bios",
        enterprise_project_id: "0",
    };
}

/** The attributes that only a full-ECS image has; "true" is a string (docs/reference/ims.md#image-fields). */
function wholeAttributes(image: Image): Record<string, unknown> {
    return image.isWhole ? { __whole_image: "true", __backup_id: image.backupId ?? "" } : {};
}

function customDocument(image: Image, isShared: boolean): Record<string, unknown> {
    const kind = isShared ? "shared" : "private";
    return {
        ...shared(image.id, image.os.type, image.os.platform, image.os.version),
        name: image.name,
        owner: image.projectId,
        status: image.status,
        visibility: kind,
        __imagetype: kind,
        protected: image.isProtected,
        min_disk: image.minDiskGiB,
        min_ram: image.minRamMiB,
        created_at: inSeconds(image.createdAt),
        updated_at: inSeconds(image.updatedAt),
        ...(image.activeAt === null ? {} : { active_at: inSeconds(image.activeAt) }),
        tags: image.tags.map(tagText),
        __originalimagename: image.originalImageId,
        __lazyloading: "true",
        __image_size: String(image.sizeBytes),
        // A record without a file has no origin.
        ...(image.dataOrigin === "" ? {} : { __data_origin: image.dataOrigin }),
        enterprise_project_id: image.enterpriseProjectId,
        ...wholeAttributes(image),
        ...image.attributes,
    };
}

/** An image as returned by GET /v2/images/{id} and in lists. */
export function imageDocument(visible: VisibleImage): Record<string, unknown> {
    switch (visible.relation) {
        case "gold":
            return goldDocument(visible.image);
        case "own":
            return customDocument(visible.image, visible.image.sharedWith.length > 0);
        case "shared":
            return customDocument(visible.image, true);
    }
}

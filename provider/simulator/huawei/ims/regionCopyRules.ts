import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/ims.md#copies");

/**
 * Errors of copies to another region. Huawei Cloud has such copies; the API of Open Telekom Cloud does not
 * (docs/reference/ims.md#copies).
 */
export const regionCopyRules = {
    sameRegion: documented(
        "the target region is the region of the image",
        "IMG.0142",
        "The source and target regions must be different.",
    ),
    encrypted: documented("the image to copy to another region is encrypted", "IMG.0143", "The image is encrypted."),
    projectName: documented(
        "project_name is not a project of the target region",
        "IMG.0145",
        "The project name in the request is incorrect.",
    ),
    tooLarge: documented(
        "the image to copy to another region is larger than 128 GB",
        "IMG.0146",
        "The image size exceeds the maximum allowed for replication across regions.",
    ),
    regionUnknown: documented(
        "the account has no project in the target region",
        "IMG.0147",
        "The region in the request is incorrect.",
    ),
    tooMany: documented(
        "5 images of the account are already being copied to other regions",
        "IMG.0149",
        "The number of images being replicated across regions has reached the maximum allowed.",
    ),
    backupThere: documented(
        "the backup already exists in the target region",
        "IMG.0150",
        "The backup of the full-ECS image already exists in the target region.",
    ),
    agencyMissing: assumed(
        "agency_name does not name an agency with the permission to copy",
        "agencies are not simulated: every name counts as an agency with the permission; documented for an agency without it",
        "IMG.0151",
        "The agency does not have the permissions to replicate the image.",
    ),
    stillZonal: documented(
        "the backup of the full-ECS image to copy is still being uploaded",
        "IMG.0152",
        "The full-ECS image is available in an AZ only.",
    ),
    vaultCannotReplicate: documented(
        "the vault in the target region is not for replication",
        "IMG.0189",
        "The target vault does not support replication.",
    ),
};

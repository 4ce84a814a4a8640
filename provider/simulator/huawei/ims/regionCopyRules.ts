import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/ims.md#copies");

/**
 * Refusals of copies to another region, which Huawei Cloud has and the API of Open Telekom Cloud has not
 * (docs/reference/ims.md#copies).
 */
export const regionCopyRules = {
    sameRegion: documented(
        "an image is copied to another region than its own",
        "IMG.0142",
        "The source and target regions must be different.",
    ),
    encrypted: documented("a copy to another region is of no encrypted image", "IMG.0143", "The image is encrypted."),
    projectName: documented(
        "project_name is that of a project of the target region",
        "IMG.0145",
        "The project name in the request is incorrect.",
    ),
    tooLarge: documented(
        "an image that is copied to another region has at most 128 GB",
        "IMG.0146",
        "The image size exceeds the maximum allowed for replication across regions.",
    ),
    regionUnknown: documented(
        "the account has a project in the target region",
        "IMG.0147",
        "The region in the request is incorrect.",
    ),
    tooMany: documented(
        "an account copies at most 5 images to other regions at once",
        "IMG.0149",
        "The number of images being replicated across regions has reached the maximum allowed.",
    ),
    backupThere: documented(
        "a backup is copied to a region once",
        "IMG.0150",
        "The backup of the full-ECS image already exists in the target region.",
    ),
    agencyMissing: chosen(
        "agency_name names an agency that may copy",
        "agencies are not simulated: any name is taken to be one with the permissions; documented for one without",
        "IMG.0151",
        "The agency does not have the permissions to replicate the image.",
    ),
    stillZonal: documented(
        "a full-ECS image whose backup is still being uploaded is not copied",
        "IMG.0152",
        "The full-ECS image is available in an AZ only.",
    ),
    vaultCannotReplicate: documented(
        "the vault of the target region is one for replication",
        "IMG.0189",
        "The target vault does not support replication.",
    ),
};

import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/ims.md#shared-images");

/** Errors of shares. */
export const shareRules = {
    withYourself: documented(
        "the image is shared with its owner",
        "IMG.0076",
        "You cannot share an image with yourself.",
    ),
    quota: assumed(
        "a full-ECS image would have more than 10 recipients, or another image more than 128",
        "docs/reference/ims.md#shared-images; the code is inferred",
        "IMG.0088",
        "The number of shared images has reached the maximum allowed.",
    ),
    publicImage: documented("the image to share is public", "IMG.0089", "The public image cannot be shared."),
    encrypted: documented("the image to share is encrypted", "IMG.0098", "The encrypted image cannot be shared."),
    anotherTenant: documented(
        "the caller is not the owner of the image to share",
        "IMG.0106",
        "The image owner is another tenant.",
    ),
    projectNotInRegion: documented(
        "the recipient is not a project of the region",
        "IMG.0108",
        "The tenant ID was not found in the current region.",
    ),
    queryFailed: documented(
        "the caller that answers the share is not its recipient",
        "IMG.0114",
        "Failed to query the tenant details.",
    ),
    wholeImage: documented(
        "the full-ECS image to share does not have a CBR backup",
        "IMG.0135",
        "The full-ECS image cannot be shared.",
    ),
    vaultNeeded: assumed(
        "a full-ECS image is accepted without a vault",
        "docs/reference/full-ecs-images.md#vaults; no source shows the code",
        "IMG.0184",
        "Failed to obtain the vault. vault_id is mandatory to accept a full-ECS image made from a CBR backup.",
    ),
    forbidden: assumed(
        "Glance: the caller that answers the share is not its recipient",
        "upstream Glance (terraform-provider-openstack#1283)",
        "403 Forbidden",
        "Not allowed to update members for the image.",
        403,
    ),
    duplicate: assumed(
        "Glance: the image is already shared with this project",
        "upstream Glance",
        "409 Conflict",
        "Duplicate members are not allowed for the image.",
        409,
    ),
    memberMissing: assumed(
        "Glance: the share does not exist",
        "upstream Glance",
        "404 Not Found",
        "The member was not found in the image.",
        404,
    ),
    onlyUpdatableStatus: assumed(
        "Glance: the status of the share is not pending, accepted or rejected",
        "upstream Glance",
        "400 Bad Request",
        "The status of a member must be accepted, rejected or pending.",
        400,
    ),
};

import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/ims.md#shared-images");

/** Refusals of shares. */
export const shareRules = {
    withYourself: documented(
        "an image is not shared with its owner",
        "IMG.0076",
        "You cannot share an image with yourself.",
    ),
    quota: chosen(
        "a full-ECS image has at most 10 recipients, another at most 128",
        "docs/reference/ims.md#shared-images; code inferred",
        "IMG.0088",
        "The number of shared images has reached the maximum allowed.",
    ),
    publicImage: documented("a public image is not shared", "IMG.0089", "The public image cannot be shared."),
    encrypted: documented("an encrypted image is not shared", "IMG.0098", "The encrypted image cannot be shared."),
    anotherTenant: documented("only its owner shares an image", "IMG.0106", "The image owner is another tenant."),
    projectNotInRegion: documented(
        "a recipient is a project of the region",
        "IMG.0108",
        "The tenant ID was not found in the current region.",
    ),
    queryFailed: documented("only its recipient answers a share", "IMG.0114", "Failed to query the tenant details."),
    wholeImage: documented(
        "a full-ECS image is shared only when CBR holds its backup",
        "IMG.0135",
        "The full-ECS image cannot be shared.",
    ),
    vaultNeeded: chosen(
        "who accepts a full-ECS image names a vault",
        "docs/reference/full-ecs-images.md#vaults; code for its absence not named",
        "IMG.0184",
        "Failed to obtain the vault. vault_id is mandatory to accept a full-ECS image made from a CBR backup.",
    ),
    forbidden: chosen(
        "only its recipient answers a share, natively",
        "upstream Glance (terraform-provider-openstack#1283)",
        "403 Forbidden",
        "Not allowed to update members for the image.",
        403,
    ),
    duplicate: chosen(
        "a share is made once",
        "upstream Glance",
        "409 Conflict",
        "Duplicate members are not allowed for the image.",
        409,
    ),
    memberMissing: chosen(
        "the share exists",
        "upstream Glance",
        "404 Not Found",
        "The member was not found in the image.",
        404,
    ),
    onlyUpdatableStatus: chosen(
        "a share is pending, accepted or rejected",
        "upstream Glance",
        "400 Bad Request",
        "The status of a member must be accepted, rejected or pending.",
        400,
    ),
};

import { chosen, documentedIn } from "./rules";

const documented = documentedIn("OTC image-management-service api-ref error_codes.rst");

/** Refusals about the request, its name, description and tags. */
export const imageRequestRules = {
    malformedBody: documented("request", "IMG.0001", "The request message format is invalid."),
    emptyBody: documented("request", "IMG.0007", "The request body is empty."),
    nameMissing: documented("R16", "IMG.0013", "The image name is not specified."),
    nameTooLong: documented("R16", "IMG.0002", "The image name contains more than 128 characters."),
    nameFormat: documented("R16", "IMG.0003", "The image name format is invalid."),
    descriptionTooLong: documented("R16", "IMG.0004", "The description contains more than 1024 characters."),
    descriptionFormat: documented("R16", "IMG.0054", "The image description format is invalid."),
    memoryInvalid: documented("R16", "IMG.0055", "The memory or disk size is invalid."),
    tagInvalid: documented("tags", "IMG.0115", "The image tag is invalid."),
    tagQuota: documented("tags", "IMG.0116", "The number of image tags exceeds the quota."),
    projectMismatch: documented("tenant", "IMG.0030", "The project ID and token in the request are invalid."),
    unsupported: documented("request", "IMG.0105", "The operation is not supported."),
    imageQuota: documented("R17", "IMG.0015", "The number of private images has reached the maximum allowed."),
    tooManyTasks: documented("R17", "IMG.0060", "The number of tasks exceeds the flow control limit."),
    jobMissing: chosen(
        "jobs",
        "no source names the answer; nearest text in error_codes.rst, 404 as the HTTP status list allows",
        "IMG.0023",
        "An exception occurred during task query.",
        404,
    ),
};

/** Refusals about what an image is made from. */
export const imageSourceRules = {
    serverIdMissing: documented("R1", "IMG.0012", "The ECS ID is not specified."),
    serverMissing: documented("R1", "IMG.0005", "The ECS does not exist."),
    serverBusy: documented(
        "R1",
        "IMG.0010",
        "The ECS cannot be used to create an image because it has in-progress tasks.",
    ),
    serverNotStopped: documented(
        "R1",
        "IMG.0008",
        "The ECS cannot be used to create images because it is not in stopped state.",
    ),
    serverState: documented("R1", "IMG.0126", "The VM in the current stage cannot be used to create a full-ECS image."),
    serverBackedUp: documented(
        "R1",
        "IMG.0136",
        "Failed to create a full-ECS image because the ECS is being backed up.",
    ),
    noSystemDisk: documented("R13", "IMG.0119", "The VM does not have a system disk."),
    powerChanged: chosen(
        "R6, R7",
        "documents say that image creation may fail; no code named",
        "IMG.0126",
        "The ECS was started or stopped while the full-ECS image was being created.",
    ),
    backupMissing: documented("R13", "IMG.0020", "The backup does not exist."),
    csbsBackupMissing: documented("R13", "IMG.0127", "The CSBS backup does not exist."),
    backupUnavailable: documented("R13", "IMG.0032", "The backup is unavailable."),
    csbsBackupState: documented(
        "R13",
        "IMG.0132",
        "The CSBS backup in the current state cannot be used to create a full-ECS image.",
    ),
    backupWithoutSystemDisk: documented("R13", "IMG.0033", "The backup is not a system disk backup."),
    backupTypeMismatch: documented("R13", "IMG.0198", "Backup ID does not match the backup type or does not exist."),
    backupHasImage: documented(
        "R12",
        "IMG.0029",
        "The backup in the request has already been used to create an image.",
    ),
    csbsBackupHasImage: documented("R12", "IMG.0134", "The CSBS backup has been registered as an image."),
    cbrUnsupported: documented("R15", "IMG.0180", "CBR does not support full-ECS image creation."),
    vaultCapacity: documented("R15", "IMG.0182", "Insufficient vault capacity. Please expand the capacity."),
    vaultOfAnother: documented("R15", "IMG.0183", "The ECS can only be associated with one vault."),
    vaultMissing: documented("R15", "IMG.0184", "Failed to obtain the vault."),
    vaultUnavailable: documented("R15", "IMG.0188", "Vault is unavailable."),
    vaultType: documented("R15", "IMG.0193", "The vault is not a cloud server backup vault."),
};

/** Refusals about an image that exists, or does not. */
export const imageRules = {
    missing: documented("lookup", "IMG.0027", "The image ID in the request does not exist."),
    missingNative: chosen(
        "lookup",
        "bodies of the native API are not documented by IMS; upstream Glance",
        "404 Not Found",
        "No image found with the ID given.",
        404,
    ),
    missingOnDelete: chosen(
        "R18",
        "IMG.0027 and IMG.0144 are documented, the status is not; Glance answers 404",
        "IMG.0144",
        "The image does not exist.",
        404,
    ),
    unavailable: chosen("R22", "code inferred in reference R22", "IMG.0046", "The image is unavailable."),
    attributeConflict: documented("R22", "IMG.0035", "An attribute conflict occurred during the modification."),
    isProtected: documented("R18", "IMG.0028", "The image in the request is protected."),
    isBeingCreated: documented("R18", "IMG.0090", "The image being created cannot be deleted."),
    deleteByOwner: documented("R18", "IMG.0092", "The image can only be deleted by the owner."),
    isPublic: documented("R18", "IMG.0094", "The public image cannot be deleted."),
    ownerOnly: documented("R22", "IMG.0047", "This operation can be performed only by the image owner."),
    wholeExport: documented("R10", "IMG.0128", "The full-ECS image cannot be exported."),
    wholeCopy: documented("R11", "IMG.0130", "The full-ECS image cannot be exported or replicated."),
};

/** Refusals of shares. */
export const shareRules = {
    withYourself: documented("R8", "IMG.0076", "You cannot share an image with yourself."),
    quota: chosen(
        "R8",
        "limit of 10 tenants from OTC restrictions, code inferred",
        "IMG.0088",
        "The number of shared images has reached the maximum allowed.",
    ),
    publicImage: documented("R8", "IMG.0089", "The public image cannot be shared."),
    anotherTenant: documented("R8", "IMG.0106", "The image owner is another tenant."),
    projectNotInRegion: documented("R8", "IMG.0108", "The tenant ID was not found in the current region."),
    queryFailed: documented("R8", "IMG.0114", "Failed to query the tenant details."),
    wholeImage: documented("R8", "IMG.0135", "The full-ECS image cannot be shared."),
    vaultNeeded: chosen(
        "R8, R15",
        "vault_id is mandatory to accept a CBR whole image; code for its absence not named",
        "IMG.0184",
        "Failed to obtain the vault. vault_id is mandatory to accept a full-ECS image made from a CBR backup.",
    ),
    forbidden: chosen(
        "R8",
        "upstream Glance (terraform-provider-openstack#1283)",
        "403 Forbidden",
        "Not allowed to update members for the image.",
        403,
    ),
    duplicate: chosen("R8", "upstream Glance", "409 Conflict", "Duplicate members are not allowed for the image.", 409),
    memberMissing: chosen("R8", "upstream Glance", "404 Not Found", "The member was not found in the image.", 404),
    onlyUpdatableStatus: chosen(
        "R8",
        "upstream Glance",
        "400 Bad Request",
        "The status of a member must be accepted, rejected or pending.",
        400,
    ),
};

import { chosen, documentedIn } from "../rules";

const documentedForCsbs = documentedIn("docs/reference/csbs-cbr.md#csbs-backups");
const documented = documentedIn("docs/reference/ims.md#ims-error-codes");

/** Refusals about the request, its name, description and tags. */
export const imageRequestRules = {
    malformedBody: documented(
        "IMS: the body is JSON of the documented form",
        "IMG.0001",
        "The request message format is invalid.",
    ),
    emptyBody: documented("IMS: a request that needs a body has one", "IMG.0007", "The request body is empty."),
    nameMissing: documented("an image has a name", "IMG.0013", "The image name is not specified."),
    nameTooLong: documented(
        "a name has at most 128 characters",
        "IMG.0002",
        "The image name contains more than 128 characters.",
    ),
    nameFormat: documented(
        "a name has letters, digits, spaces, - _ . and no blank at its ends",
        "IMG.0003",
        "The image name format is invalid.",
    ),
    descriptionTooLong: documented(
        "a description has at most 1024 characters",
        "IMG.0004",
        "The description contains more than 1024 characters.",
    ),
    descriptionFormat: documented(
        "a description has no carriage return, < or >",
        "IMG.0054",
        "The image description format is invalid.",
    ),
    memoryInvalid: documented(
        "memory and disk sizes are whole numbers, and min_disk no less than the system disk",
        "IMG.0055",
        "The memory or disk size is invalid.",
    ),
    tagInvalid: documented(
        "a tag has a key of 1 to 36 and a value of at most 43 characters",
        "IMG.0115",
        "The image tag is invalid.",
    ),
    tagQuota: documented("an image has at most 10 tags", "IMG.0116", "The number of image tags exceeds the quota."),
    projectMismatch: documented(
        "IMS: the project is the caller's",
        "IMG.0030",
        "The project ID and token in the request are invalid.",
    ),
    unsupported: documented("the operation is possible for this image", "IMG.0105", "The operation is not supported."),
    imageQuota: documented(
        "a project has at most so many private images in a region",
        "IMG.0015",
        "The number of private images has reached the maximum allowed.",
    ),
    tooManyTasks: documented(
        "at most 40 images are made at once",
        "IMG.0060",
        "The number of tasks exceeds the flow control limit.",
    ),
    jobMissing: chosen(
        "the job exists",
        "docs/reference/huawei-api.md#jobs; nearest text",
        "IMG.0023",
        "An exception occurred during task query.",
        404,
    ),
};

/** Refusals about what an image is made from. */
export const imageSourceRules = {
    serverIdMissing: documented("what an image is made from is named", "IMG.0012", "The ECS ID is not specified."),
    serverMissing: documented("the server exists", "IMG.0005", "The ECS does not exist."),
    serverBusy: documented(
        "nothing else is done to the server",
        "IMG.0010",
        "The ECS cannot be used to create an image because it has in-progress tasks.",
    ),
    serverNotStopped: documented(
        "a server whose system disk is imaged is running or stopped",
        "IMG.0008",
        "The ECS cannot be used to create images because it is not in stopped state.",
    ),
    serverState: documented(
        "a server that a full-ECS image is made from is running or stopped",
        "IMG.0126",
        "The VM in the current stage cannot be used to create a full-ECS image.",
    ),
    dedicatedDisk: documented(
        "no image is made of disks in dedicated storage",
        "IMG.0153",
        "DESS or DSS disks cannot be used to create images.",
    ),
    sharedDisk: documentedForCsbs(
        "no full-ECS image of CSBS is made of a server with a shareable disk",
        "CSBS.6010",
        "The server has shareable volumes and is not allowed to protect.",
    ),
    systemDiskTooLarge: documented(
        "a disk of more than 1 TB is imaged in a full-ECS image only",
        "IMG.0111",
        "The size of the system disk exceeds the maximum allowed.",
    ),
    diskUnavailable: documented(
        "the data disk that an image is made of exists",
        "IMG.0120",
        "The specified data disk ID is unavailable.",
    ),
    diskState: documented(
        "the disk that an image is made of is available or in use",
        "IMG.0022",
        "The disk in the current state cannot be used to create images.",
    ),
    disksOfSeveral: documented(
        "images of disks that are made together are of one server",
        "IMG.0140",
        "The disks in the request come from different ECSs.",
    ),
    osVersionMissing: documented(
        "an image of a disk, or one that is imported quickly, is told its system",
        "IMG.0056",
        "The OS version is invalid.",
    ),
    imageTypeUnknown: documented(
        "an image is for ECS or BMS, or an ISO file",
        "IMG.0024",
        "The image type in the request is incorrect.",
    ),
    isoWithoutSystem: documented(
        "an image of an ISO file is told its system",
        "IMG.0166",
        "OS information must be contained in the ISO files used to create images.",
    ),
    fileAddress: documented("image_url is bucket:file", "IMG.0017", "The URL format is incorrect."),
    fileTwice: documented(
        "images of files that are made together are of different files",
        "IMG.0123",
        "The image file address in the request is duplicate.",
    ),
    firmwareType: documented(
        "hw_firmware_type is bios or uefi",
        "IMG.0141",
        "The value of hw_firmware_type is not uefi or bios.",
    ),
    serverBackedUp: documented(
        "a server is imaged or backed up once at a time",
        "IMG.0136",
        "Failed to create a full-ECS image because the ECS is being backed up.",
    ),
    noSystemDisk: documented("the server has its system disk", "IMG.0119", "The VM does not have a system disk."),
    powerChanged: chosen(
        "the server is not started or stopped meanwhile",
        "docs/reference/full-ecs-images.md#during-creation; no code named",
        "IMG.0126",
        "The ECS was started or stopped while the full-ECS image was being created.",
    ),
    backupMissing: documented("IMS: the backup exists", "IMG.0020", "The backup does not exist."),
    csbsBackupMissing: documented("the CSBS backup exists", "IMG.0127", "The CSBS backup does not exist."),
    backupUnavailable: documented(
        "the backup is complete, or its snapshots are",
        "IMG.0032",
        "The backup is unavailable.",
    ),
    csbsBackupState: documented(
        "the CSBS backup is complete, or its snapshots are",
        "IMG.0132",
        "The CSBS backup in the current state cannot be used to create a full-ECS image.",
    ),
    backupWithoutSystemDisk: documented(
        "the backup holds the system disk",
        "IMG.0033",
        "The backup is not a system disk backup.",
    ),
    backupTypeMismatch: documented(
        "whole_image_type says which service made the backup",
        "IMG.0198",
        "Backup ID does not match the backup type or does not exist.",
    ),
    backupHasImage: documented(
        "a backup becomes one image",
        "IMG.0029",
        "The backup in the request has already been used to create an image.",
    ),
    csbsBackupHasImage: documented(
        "a CSBS backup becomes one image",
        "IMG.0134",
        "The CSBS backup has been registered as an image.",
    ),
    cbrUnsupported: documented(
        "there is no CBR in profile csbs",
        "IMG.0180",
        "CBR does not support full-ECS image creation.",
    ),
    vaultCapacity: documented(
        "the vault has room for all disks",
        "IMG.0182",
        "Insufficient vault capacity. Please expand the capacity.",
    ),
    vaultOfAnother: documented(
        "a server is in one vault at most",
        "IMG.0183",
        "The ECS can only be associated with one vault.",
    ),
    vaultMissing: documented("vault_id names a vault", "IMG.0184", "Failed to obtain the vault."),
    vaultUnavailable: documented("the vault is available", "IMG.0188", "Vault is unavailable."),
    vaultType: documented(
        "the vault is for backups of servers",
        "IMG.0193",
        "The vault is not a cloud server backup vault.",
    ),
};

/** Refusals about an image that exists, or does not. */
export const imageRules = {
    missing: documented("IMS: the image exists", "IMG.0027", "The image ID in the request does not exist."),
    missingNative: chosen(
        "Glance: the image exists",
        "docs/reference/huawei-api.md#errors; upstream Glance",
        "404 Not Found",
        "No image found with the ID given.",
        404,
    ),
    missingOnDelete: chosen(
        "an image that is deleted exists",
        "docs/reference/ims.md#deletion; the status is that of Glance",
        "IMG.0144",
        "The image does not exist.",
        404,
    ),
    unavailable: chosen(
        "an image that is changed, copied or shared is active",
        "docs/reference/ims.md#changes; code inferred",
        "IMG.0046",
        "The image is unavailable.",
    ),
    attributeConflict: documented(
        "replace and remove need the attribute to exist",
        "IMG.0035",
        "An attribute conflict occurred during the modification.",
    ),
    isProtected: documented("a protected image is not deleted", "IMG.0028", "The image in the request is protected."),
    isBeingCreated: documented(
        "an image in the making is not deleted",
        "IMG.0090",
        "The image being created cannot be deleted.",
    ),
    deletedMeanwhile: chosen(
        "where an image in the making can be deleted, its job fails",
        "docs/reference/ims.md#deletion; no code named",
        "IMG.0061",
        "The image was deleted while it was being created.",
    ),
    isoCopy: chosen(
        "an image of an ISO file is not copied",
        "docs/reference/ims.md#copies; nearest code",
        "IMG.0105",
        "The operation is not supported.",
    ),
    deleteByOwner: documented(
        "only its owner deletes an image",
        "IMG.0092",
        "The image can only be deleted by the owner.",
    ),
    isPublic: documented("a public image is not deleted", "IMG.0094", "The public image cannot be deleted."),
    ownerOnly: documented(
        "only its owner changes an image",
        "IMG.0047",
        "This operation can be performed only by the image owner.",
    ),
    wholeExport: documented("a full-ECS image is not exported", "IMG.0128", "The full-ECS image cannot be exported."),
    wholeCopy: documented(
        "a full-ECS image is not copied",
        "IMG.0130",
        "The full-ECS image cannot be exported or replicated.",
    ),
};

import { assumed, documentedIn } from "../rules";

const documentedForCsbs = documentedIn("docs/reference/csbs-cbr.md#csbs-backups");
const documented = documentedIn("docs/reference/ims.md#ims-error-codes");

/** Errors about the request, its name, description and tags. */
export const imageRequestRules = {
    malformedBody: documented(
        "IMS: the request body is not JSON of the documented form",
        "IMG.0001",
        "The request message format is invalid.",
    ),
    emptyBody: documented("IMS: the request body is empty", "IMG.0007", "The request body is empty."),
    nameMissing: documented("the image name is missing", "IMG.0013", "The image name is not specified."),
    nameTooLong: documented(
        "the image name has more than 128 characters",
        "IMG.0002",
        "The image name contains more than 128 characters.",
    ),
    nameFormat: documented(
        "the image name has characters other than letters, digits, spaces, - _ . or begins or ends with a space",
        "IMG.0003",
        "The image name format is invalid.",
    ),
    descriptionTooLong: documented(
        "the description has more than 1024 characters",
        "IMG.0004",
        "The description contains more than 1024 characters.",
    ),
    descriptionFormat: documented(
        "the description contains a carriage return, < or >",
        "IMG.0054",
        "The image description format is invalid.",
    ),
    memoryInvalid: documented(
        "a memory or disk size is not a whole number, or min_disk is smaller than the system disk",
        "IMG.0055",
        "The memory or disk size is invalid.",
    ),
    tagInvalid: documented(
        "a tag does not have a key of 1 to 36 characters and a value of at most 43 characters",
        "IMG.0115",
        "The image tag is invalid.",
    ),
    tagQuota: documented(
        "the image would have more than 10 tags",
        "IMG.0116",
        "The number of image tags exceeds the quota.",
    ),
    projectMismatch: documented(
        "IMS: the project is not the caller's project",
        "IMG.0030",
        "The project ID and token in the request are invalid.",
    ),
    unsupported: documented(
        "the operation is not supported for this image",
        "IMG.0105",
        "The operation is not supported.",
    ),
    imageQuota: documented(
        "the project has reached its quota of private images in the region",
        "IMG.0015",
        "The number of private images has reached the maximum allowed.",
    ),
    tooManyTasks: documented(
        "40 images are already being created",
        "IMG.0060",
        "The number of tasks exceeds the flow control limit.",
    ),
    jobMissing: assumed(
        "the job does not exist",
        "docs/reference/huawei-api.md#jobs; closest message",
        "IMG.0023",
        "An exception occurred during task query.",
        404,
    ),
};

/** Errors about the source of an image. */
export const imageSourceRules = {
    serverIdMissing: documented(
        "the request names no source for the image",
        "IMG.0012",
        "The ECS ID is not specified.",
    ),
    serverMissing: documented("the server does not exist", "IMG.0005", "The ECS does not exist."),
    serverBusy: documented(
        "another task is in progress on the server",
        "IMG.0010",
        "The ECS cannot be used to create an image because it has in-progress tasks.",
    ),
    serverNotStopped: documented(
        "the server for a system disk image is not running or stopped",
        "IMG.0008",
        "The ECS cannot be used to create images because it is not in stopped state.",
    ),
    serverState: documented(
        "the server for a full-ECS image is not running or stopped",
        "IMG.0126",
        "The VM in the current stage cannot be used to create a full-ECS image.",
    ),
    dedicatedDisk: documented(
        "a disk of the server is in dedicated storage",
        "IMG.0153",
        "DESS or DSS disks cannot be used to create images.",
    ),
    sharedDisk: documentedForCsbs(
        "CSBS: the server for a full-ECS image has a shareable disk",
        "CSBS.6010",
        "The server has shareable volumes and is not allowed to protect.",
    ),
    systemDiskTooLarge: documented(
        "the disk is larger than 1 TB, which only a full-ECS image supports",
        "IMG.0111",
        "The size of the system disk exceeds the maximum allowed.",
    ),
    diskUnavailable: documented(
        "the data disk for the image does not exist",
        "IMG.0120",
        "The specified data disk ID is unavailable.",
    ),
    diskState: documented(
        "the disk for the image is not available or in use",
        "IMG.0022",
        "The disk in the current state cannot be used to create images.",
    ),
    disksOfSeveral: documented(
        "the disks of one request are attached to different servers",
        "IMG.0140",
        "The disks in the request come from different ECSs.",
    ),
    osVersionMissing: documented(
        "an image of a disk, or a quick import of a file, has no os_version",
        "IMG.0056",
        "The OS version is invalid.",
    ),
    imageTypeUnknown: documented(
        "the image type is not ECS, BMS or IsoImage",
        "IMG.0024",
        "The image type in the request is incorrect.",
    ),
    isoWithoutSystem: documented(
        "an image of an ISO file has no OS information",
        "IMG.0166",
        "OS information must be contained in the ISO files used to create images.",
    ),
    fileAddress: documented("image_url is not bucket:file", "IMG.0017", "The URL format is incorrect."),
    fileTwice: documented(
        "two images of one request name the same file",
        "IMG.0123",
        "The image file address in the request is duplicate.",
    ),
    firmwareType: documented(
        "hw_firmware_type is not bios or uefi",
        "IMG.0141",
        "The value of hw_firmware_type is not uefi or bios.",
    ),
    serverBackedUp: documented(
        "the server is already being imaged or backed up",
        "IMG.0136",
        "Failed to create a full-ECS image because the ECS is being backed up.",
    ),
    noSystemDisk: documented("the server has no system disk", "IMG.0119", "The VM does not have a system disk."),
    powerChanged: assumed(
        "the server is started or stopped during the creation of a full-ECS image",
        "docs/reference/full-ecs-images.md#during-creation; no source shows the code",
        "IMG.0126",
        "The ECS was started or stopped while the full-ECS image was being created.",
    ),
    backupMissing: documented("IMS: the backup does not exist", "IMG.0020", "The backup does not exist."),
    csbsBackupMissing: documented("the CSBS backup does not exist", "IMG.0127", "The CSBS backup does not exist."),
    backupUnavailable: documented(
        "neither the backup nor its snapshots are complete",
        "IMG.0032",
        "The backup is unavailable.",
    ),
    csbsBackupState: documented(
        "neither the CSBS backup nor its snapshots are complete",
        "IMG.0132",
        "The CSBS backup in the current state cannot be used to create a full-ECS image.",
    ),
    backupWithoutSystemDisk: documented(
        "the backup does not contain the system disk",
        "IMG.0033",
        "The backup is not a system disk backup.",
    ),
    backupTypeMismatch: documented(
        "whole_image_type does not match the service that created the backup",
        "IMG.0198",
        "Backup ID does not match the backup type or does not exist.",
    ),
    backupHasImage: documented(
        "the backup already belongs to an image",
        "IMG.0029",
        "The backup in the request has already been used to create an image.",
    ),
    csbsBackupHasImage: documented(
        "the CSBS backup already belongs to an image",
        "IMG.0134",
        "The CSBS backup has been registered as an image.",
    ),
    cbrUnsupported: documented(
        "profile csbs: CBR is not available for full-ECS images",
        "IMG.0180",
        "CBR does not support full-ECS image creation.",
    ),
    vaultCapacity: documented(
        "the vault does not have room for all disks of the image",
        "IMG.0182",
        "Insufficient vault capacity. Please expand the capacity.",
    ),
    vaultOfAnother: documented(
        "the server is already in another vault",
        "IMG.0183",
        "The ECS can only be associated with one vault.",
    ),
    vaultMissing: documented("vault_id does not name a vault", "IMG.0184", "Failed to obtain the vault."),
    vaultUnavailable: documented("the vault for the image is not available", "IMG.0188", "Vault is unavailable."),
    vaultType: documented(
        "the vault is not for backups of servers",
        "IMG.0193",
        "The vault is not a cloud server backup vault.",
    ),
};

/** Errors about an existing or missing image. */
export const imageRules = {
    missing: documented("IMS: the image does not exist", "IMG.0027", "The image ID in the request does not exist."),
    missingNative: assumed(
        "Glance: the image does not exist",
        "docs/reference/huawei-api.md#errors; upstream Glance",
        "404 Not Found",
        "No image found with the ID given.",
        404,
    ),
    missingOnDelete: assumed(
        "the image to delete does not exist",
        "docs/reference/ims.md#deletion; the status of Glance is used",
        "IMG.0144",
        "The image does not exist.",
        404,
    ),
    unavailable: assumed(
        "the image to change, copy or share is not active",
        "docs/reference/ims.md#changes; the code is inferred",
        "IMG.0046",
        "The image is unavailable.",
    ),
    attributeConflict: documented(
        "replace or remove names an attribute that does not exist",
        "IMG.0035",
        "An attribute conflict occurred during the modification.",
    ),
    isProtected: documented("the image to delete is protected", "IMG.0028", "The image in the request is protected."),
    isBeingCreated: documented(
        "the image to delete is being created",
        "IMG.0090",
        "The image being created cannot be deleted.",
    ),
    deletedMeanwhile: assumed(
        "the image is deleted during its creation, in a world that allows it: its job fails",
        "docs/reference/ims.md#deletion; no source shows the code",
        "IMG.0061",
        "The image was deleted while it was being created.",
    ),
    isoCopy: assumed(
        "the image to copy was created from an ISO file",
        "docs/reference/ims.md#copies; closest code",
        "IMG.0105",
        "The operation is not supported.",
    ),
    deleteByOwner: documented(
        "the caller is not the owner of the image to delete",
        "IMG.0092",
        "The image can only be deleted by the owner.",
    ),
    isPublic: documented("the image to delete is public", "IMG.0094", "The public image cannot be deleted."),
    ownerOnly: documented(
        "the caller is not the owner of the image to change",
        "IMG.0047",
        "This operation can be performed only by the image owner.",
    ),
    wholeExport: documented(
        "the image to export is a full-ECS image",
        "IMG.0128",
        "The full-ECS image cannot be exported.",
    ),
    wholeCopy: documented(
        "the image to copy is a full-ECS image",
        "IMG.0130",
        "The full-ECS image cannot be exported or replicated.",
    ),
};

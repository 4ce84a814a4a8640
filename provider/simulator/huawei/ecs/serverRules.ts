import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-servers.md#ecs-error-codes");

/** Errors of ECS. */
export const serverRules = {
    malformedBody: documented(
        "ECS: the request body is not JSON of the documented form",
        "Ecs.0005",
        "Invalid parameter values. Contact customer service.",
    ),
    projectMismatch: documented(
        "ECS: the project in the path is not the caller's project",
        "Ecs.0023",
        "project_id in token mismatches with project_id in url.",
    ),
    missing: documented("ECS: the server does not exist", "Ecs.0114", "The ECS does not exist.", 404),
    imageMissing: documented(
        "the image of the new server does not exist in the region",
        "Ecs.0031",
        "The image does not exist.",
    ),
    imageNotAccepted: assumed(
        "the image of the new server is shared, and the share is not accepted",
        "docs/reference/ims.md#shared-images; the consumer does not see a pending image in lists",
        "Ecs.0031",
        "The image does not exist.",
    ),
    dataImage: assumed(
        "the image of the new server is a data disk image",
        "data disk images can only create data disks; no source shows the code",
        "Ecs.0032",
        "The image is a data disk image.",
    ),
    imageNotActive: documented(
        "the image of the new server is not active",
        "Ecs.0032",
        "The image is not in Active state.",
    ),
    wholeBackupMissing: documented(
        "the backup of the full-ECS image does not exist",
        "Ecs.0034",
        "The full-ECS backup does not exist or has been deleted.",
    ),
    wholeImageUnavailable: documented(
        "neither the backup of the full-ECS image nor its snapshots are complete",
        "Ecs.0048",
        "Ensure that the image status is Normal and that the status of the CSBS backup associated with the image is " +
            "Available or Creating, and try again later.",
    ),
    wholeImageInAnotherZone: assumed(
        "the full-ECS image is used in another availability zone before its backup is complete",
        "docs/reference/full-ecs-images.md#availability; the code is not documented",
        "Ecs.0048",
        "The full-ECS image is available only in the availability zone of its snapshots until its backup is complete.",
    ),
    zoneUnknown: assumed(
        "ECS: the region does not have the availability zone",
        "invalid parameters",
        "Ecs.0005",
        "The availability zone does not exist.",
    ),
    tooManyDisks: documented(
        "the server would have more than 59 data disks",
        "Ecs.0042",
        "The number of attached data disks exceeds the maximum allowed limit.",
    ),
    diskType: documented("ECS: the disk type does not exist", "Ecs.0043", "The disk type does not exist."),
    systemDiskTooSmall: assumed(
        "the system disk is smaller than the image's min_disk or its backup, or larger than 1024 GB",
        "root_volume.size must be at least min_disk; no source shows the code",
        "Ecs.0005",
        "The system disk must not be smaller than the min_disk of the image.",
    ),
    flavorUnknown: assumed("the flavor does not exist", "invalid parameters", "Ecs.0005", "The flavor does not exist."),
    network: documented(
        "the VPC, a subnet or a security group of the new server does not exist",
        "Ecs.0014",
        "Incorrect VPC, subnet, or security group parameter values.",
    ),
    memoryTooSmall: assumed(
        "the flavor has less memory than the image's min_ram",
        "min_ram of the image",
        "Ecs.0007",
        "The flavor has less memory than the image needs.",
    ),
    snapshotUnknown: assumed(
        "extendparam.snapshotId does not name a disk of the full-ECS image",
        "no source shows the answer to an unknown snapshotId",
        "Ecs.0005",
        "extendparam.snapshotId names no disk of the full-ECS image.",
    ),
    restoreFailed: assumed(
        "a restored disk is smaller than its original",
        "docs/reference/full-ecs-images.md#disks; closest documented code",
        "Ecs.0203",
        "Failed to create the data disk. Try again later or contact customer service.",
    ),
    clientTokenReused: assumed(
        "the X-Client-Token was already used for another request",
        "docs/reference/huawei-servers.md#creating-servers; the documentation of Open Telekom Cloud does not mention X-Client-Token",
        "Ecs.0005",
        "The X-Client-Token was used for another request.",
    ),
    systemDiskBackedUp: documented(
        "the server or its system disk cannot be changed while an image or backup is being created",
        "Ecs.0073",
        "The system disk is being backed up. Wait until the execution is complete and try again.",
    ),
    state: documented(
        "another task is in progress on the server, or its status does not allow the operation",
        "Ecs.0100",
        "The ECS status does not meet requirements. Make the ECS in the required status and try again.",
    ),
    diskUnavailable: documented(
        "the disk to attach is not available, or is not in the zone of the server",
        "Ecs.0103",
        "The disk can be attached to a server only when it exists and is in the Available state. Check the disk " +
            "status and try again.",
    ),
    serverGone: assumed(
        "the server to delete has a disk attachment in progress",
        "the code for a server that does not exist",
        "Ecs.0114",
        "The ECS does not exist.",
    ),
    tagQuota: assumed(
        "the server would have more than 10 tags",
        "the limit for images",
        "Ecs.0005",
        "The ECS has too many tags.",
    ),
    noSystemDisk: documented(
        "the server whose OS is to be changed has no system disk",
        "Ecs.0105",
        "No system disk found. Attach the system disk to the ECS and try again.",
    ),
    diskNotAttached: assumed(
        "the disk to detach is not attached to this server",
        "closest code of the table",
        "Ecs.0103",
        "The disk is not attached to the ECS.",
    ),
    deviceInUse: assumed(
        "the device name is already used",
        "invalid parameters",
        "Ecs.0005",
        "The device name is in use.",
    ),
    tooManyServers: documented(
        "the request would create more than 100 servers",
        "Ecs.0118",
        "The number of ECSs exceeds the maximum allowed limit.",
    ),
};

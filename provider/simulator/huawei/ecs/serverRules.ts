import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-servers.md#ecs-error-codes");

/** Refusals of ECS. */
export const serverRules = {
    malformedBody: documented(
        "ECS: the body is JSON of the documented form",
        "Ecs.0005",
        "Invalid parameter values. Contact customer service.",
    ),
    projectMismatch: documented(
        "ECS: the project of the path is the caller's",
        "Ecs.0023",
        "project_id in token mismatches with project_id in url.",
    ),
    missing: documented("ECS: the server exists", "Ecs.0114", "The ECS does not exist.", 404),
    imageMissing: documented("the image of a new server exists in the region", "Ecs.0031", "The image does not exist."),
    imageNotAccepted: chosen(
        "a share that was not answered serves for no server",
        "docs/reference/ims.md#shared-images; a pending image is not listed to the consumer",
        "Ecs.0031",
        "The image does not exist.",
    ),
    dataImage: chosen(
        "the system disk of a server is made from an image with a system",
        "data disk images make data disks only; no code named",
        "Ecs.0032",
        "The image is a data disk image.",
    ),
    imageNotActive: documented("the image of a new server is active", "Ecs.0032", "The image is not in Active state."),
    wholeBackupMissing: documented(
        "the backup behind a full-ECS image exists",
        "Ecs.0034",
        "The full-ECS backup does not exist or has been deleted.",
    ),
    wholeImageUnavailable: documented(
        "the backup behind a full-ECS image is complete, or its snapshots are",
        "Ecs.0048",
        "Ensure that the image status is Normal and that the status of the CSBS backup associated with the image is " +
            "Available or Creating, and try again later.",
    ),
    wholeImageInAnotherZone: chosen(
        "before its backup is complete a full-ECS image serves its own availability zone",
        "docs/reference/full-ecs-images.md#availability; the code is not documented",
        "Ecs.0048",
        "The full-ECS image is available only in the availability zone of its snapshots until its backup is complete.",
    ),
    zoneUnknown: chosen(
        "ECS: the availability zone is one of the region",
        "invalid parameters",
        "Ecs.0005",
        "The availability zone does not exist.",
    ),
    tooManyDisks: documented(
        "a server has at most 59 data disks",
        "Ecs.0042",
        "The number of attached data disks exceeds the maximum allowed limit.",
    ),
    diskType: documented("ECS: the disk type exists", "Ecs.0043", "The disk type does not exist."),
    systemDiskTooSmall: chosen(
        "a system disk is at least the image's min_disk and what its backup holds, and at most 1024 GB",
        "root_volume.size must be at least min_disk; code for it not named",
        "Ecs.0005",
        "The system disk must not be smaller than the min_disk of the image.",
    ),
    flavorUnknown: chosen("the flavor exists", "invalid parameters", "Ecs.0005", "The flavor does not exist."),
    network: documented(
        "the VPC, its subnets and the security groups of a new server exist",
        "Ecs.0014",
        "Incorrect VPC, subnet, or security group parameter values.",
    ),
    memoryTooSmall: chosen(
        "the flavor has the image's min_ram",
        "min_ram of the image",
        "Ecs.0007",
        "The flavor has less memory than the image needs.",
    ),
    snapshotUnknown: chosen(
        "extendparam.snapshotId names a disk of the full-ECS image",
        "no source says what an unknown snapshotId gets",
        "Ecs.0005",
        "extendparam.snapshotId names no disk of the full-ECS image.",
    ),
    restoreFailed: chosen(
        "a restored disk is at least as large as its original",
        "docs/reference/full-ecs-images.md#disks; nearest documented code",
        "Ecs.0203",
        "Failed to create the data disk. Try again later or contact customer service.",
    ),
    clientTokenReused: chosen(
        "one X-Client-Token means one request",
        "docs/reference/huawei-servers.md#creating-servers; X-Client-Token is not in the documents of Open Telekom Cloud",
        "Ecs.0005",
        "The X-Client-Token was used for another request.",
    ),
    systemDiskBackedUp: documented(
        "while an image or backup is made the server and its system disk stay",
        "Ecs.0073",
        "The system disk is being backed up. Wait until the execution is complete and try again.",
    ),
    state: documented(
        "work on a server begins when nothing else is done to it and its status allows",
        "Ecs.0100",
        "The ECS status does not meet requirements. Make the ECS in the required status and try again.",
    ),
    diskUnavailable: documented(
        "a disk that is attached is available and in the server's zone",
        "Ecs.0103",
        "The disk can be attached to a server only when it exists and is in the Available state. Check the disk " +
            "status and try again.",
    ),
    serverGone: chosen(
        "a server to which a disk is being attached stays",
        "the code of a server that does not exist",
        "Ecs.0114",
        "The ECS does not exist.",
    ),
    tagQuota: chosen("a server has at most 10 tags", "the limit of images", "Ecs.0005", "The ECS has too many tags."),
    noSystemDisk: documented(
        "a server whose system is changed has a system disk",
        "Ecs.0105",
        "No system disk found. Attach the system disk to the ECS and try again.",
    ),
    diskNotAttached: chosen(
        "a disk that is detached is attached to this server",
        "nearest code of the table",
        "Ecs.0103",
        "The disk is not attached to the ECS.",
    ),
    deviceInUse: chosen("a device name is used once", "invalid parameters", "Ecs.0005", "The device name is in use."),
    tooManyServers: documented(
        "one request makes at most 100 servers",
        "Ecs.0118",
        "The number of ECSs exceeds the maximum allowed limit.",
    ),
};

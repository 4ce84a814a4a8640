import { chosen, documentedIn } from "./rules";

const documented = documentedIn("OTC elastic-cloud-server api-ref error_codes.rst");
const documentedForDisks = documentedIn("OTC elastic-volume-service api-ref error_codes.rst");

/** Refusals of ECS. */
export const serverRules = {
    malformedBody: documented("request", "Ecs.0005", "Invalid parameter values. Contact customer service."),
    projectMismatch: documented("tenant", "Ecs.0023", "project_id in token mismatches with project_id in url."),
    missing: documented("lookup", "Ecs.0114", "The ECS does not exist.", 404),
    imageMissing: documented("R18", "Ecs.0031", "The image does not exist."),
    imageNotAccepted: chosen(
        "R8",
        "a pending image is not listed to the consumer, so it does not exist for ECS",
        "Ecs.0031",
        "The image does not exist.",
    ),
    imageNotActive: documented("R22", "Ecs.0032", "The image is not in Active state."),
    wholeBackupMissing: documented("R18", "Ecs.0034", "The full-ECS backup does not exist or has been deleted."),
    wholeImageUnavailable: documented(
        "R18",
        "Ecs.0048",
        "Ensure that the image status is Normal and that the status of the CSBS backup associated with the image is " +
            "Available or Creating, and try again later.",
    ),
    wholeImageInAnotherZone: chosen(
        "R5",
        "the code is not documented; reference suggests Ecs.0048",
        "Ecs.0048",
        "The full-ECS image is available only in the availability zone of its snapshots until its backup is complete.",
    ),
    zoneUnknown: chosen("R5", "invalid parameters", "Ecs.0005", "The availability zone does not exist."),
    tooManyDisks: documented(
        "2.13",
        "Ecs.0042",
        "The number of attached data disks exceeds the maximum allowed limit.",
    ),
    diskType: documented("2.13", "Ecs.0043", "The disk type does not exist."),
    systemDiskTooSmall: chosen(
        "2.13",
        "root_volume.size must be at least min_disk; code for it not named",
        "Ecs.0005",
        "The system disk must not be smaller than the min_disk of the image.",
    ),
    flavorUnknown: chosen("2.13", "invalid parameters", "Ecs.0005", "The flavor does not exist."),
    memoryTooSmall: chosen(
        "2.13",
        "min_ram of the image",
        "Ecs.0007",
        "The flavor has less memory than the image needs.",
    ),
    snapshotUnknown: chosen(
        "3",
        "no source says what an unknown snapshotId gets",
        "Ecs.0005",
        "extendparam.snapshotId names no disk of the full-ECS image.",
    ),
    restoreFailed: chosen(
        "3",
        "a disk smaller than its original fails to restore; nearest documented code",
        "Ecs.0203",
        "Failed to create the data disk. Try again later or contact customer service.",
    ),
    clientTokenReused: chosen(
        "2.13",
        "X-Client-Token is not in the OTC documents",
        "Ecs.0005",
        "The X-Client-Token was used for another request.",
    ),
    systemDiskBackedUp: documented(
        "R6",
        "Ecs.0073",
        "The system disk is being backed up. Wait until the execution is complete and try again.",
    ),
    state: documented(
        "R6",
        "Ecs.0100",
        "The ECS status does not meet requirements. Make the ECS in the required status and try again.",
    ),
    diskUnavailable: documented(
        "2.13",
        "Ecs.0103",
        "The disk can be attached to a server only when it exists and is in the Available state. Check the disk " +
            "status and try again.",
    ),
    noSystemDisk: documented(
        "2.13",
        "Ecs.0105",
        "No system disk found. Attach the system disk to the ECS and try again.",
    ),
    diskNotAttached: chosen("2.13", "nearest code of the table", "Ecs.0103", "The disk is not attached to the ECS."),
    deviceInUse: chosen("2.13", "invalid parameters", "Ecs.0005", "The device name is in use."),
    tooManyServers: documented("2.13", "Ecs.0118", "The number of ECSs exceeds the maximum allowed limit."),
};

/** Refusals of EVS. */
export const diskRules = {
    malformedBody: documentedForDisks("request", "EVS.5400", "Malformed request body."),
    projectMismatch: documentedForDisks("tenant", "EVS.0001", "invalid tenant id!"),
    missing: documentedForDisks("lookup", "EVS.5404", "Volume cound not be found.", 404),
    type: documentedForDisks("2.14", "EVS.1020", "invalid volume type!"),
    zone: documentedForDisks("2.14", "EVS.1036", "invalid availability zone!"),
    blankOnly: chosen(
        "2.14",
        "the simulator makes blank disks only",
        "EVS.5403",
        "Policy check failed. Only blank disks can be created.",
        403,
    ),
    deleteStatus: documentedForDisks(
        "2.14",
        "EVS.1046",
        "volume status must be available, error, error_extending, error_restoring, error_rollbacking when delete volume!",
    ),
};

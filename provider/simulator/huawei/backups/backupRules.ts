import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/csbs-cbr.md#cbr-backups");
const documentedForCsbs = documentedIn("docs/reference/csbs-cbr.md#csbs-backups");
const authenticationFailed = "documented for failed authentication; the status is an assumption";

/** Errors of CBR. */
export const cbrRules = {
    malformedBody: documented(
        "CBR: the request body is not JSON of the documented form",
        "BackupService.9900",
        "Parameter verification failed.",
    ),
    projectMismatch: assumed(
        "CBR: the project in the path is not the caller's project",
        authenticationFailed,
        "BackupService.9998",
        "Authentication failed.",
        403,
    ),
    vaultMissing: documented("the vault does not exist", "BackupService.6105", "The vault does not exist.", 404),
    vaultResourceType: documented(
        "the resource does not have the resource type of the vault, or the vault is not a backup vault for servers",
        "BackupService.6102",
        "The vault does not support this resource type.",
    ),
    alreadyInVault: documented(
        "CBR: the server is already in a vault",
        "BackupService.6103",
        "The resource has been associated with a vault.",
    ),
    notInVault: documented(
        "the server to back up is not in the vault",
        "BackupService.6135",
        "The resource does not exist in the vault.",
    ),
    vaultCapacity: documented(
        "the vault does not have room for all disks of the backup",
        "BackupService.6114",
        "The used capacity of the vault exceeds the maximum capacity.",
    ),
    vaultSize: documented(
        "the vault size is not 1 to 10,485,760 GB, or is less than the used size",
        "BackupService.6101",
        "Invalid vault capacity.",
    ),
    vaultStatus: documented(
        "the vault for the backup is not available",
        "BackupService.6113",
        "Backup is not allowed in the current vault status.",
    ),
    vaultHasImages: assumed(
        "the vault holds the backup of an image and cannot be deleted",
        "docs/reference/full-ecs-images.md#deletion-of-the-image-and-its-backup; closest code",
        "BackupService.6111",
        "The vault cannot be deleted. A backup in it has been used to create an image.",
    ),
    serverMissing: documented(
        "CBR: the server does not exist",
        "BackupService.7100",
        "The server does not exist.",
        404,
    ),
    serverState: documented(
        "the server to back up is not running or stopped",
        "BackupService.6215",
        "Backup is not allowed in the current resource status.",
    ),
    inProgress: documented(
        "the server is already being backed up or has another task in progress",
        "BackupService.6125",
        "A backup task is in progress.",
    ),
    backupMissing: documented("the backup does not exist", "BackupService.6200", "The backup does not exist.", 404),
    checkpointMissing: documented(
        "the restore point does not exist",
        "BackupService.6217",
        "The backup restore point does not exist.",
        404,
    ),
    performingBackup: documented("the backup to delete is being created", "BackupService.6203", "Performing backups."),
    usedByImage: documented(
        "the backup to delete belongs to an image",
        "BackupService.6204",
        "The backup cannot be deleted because it has been used to create an image.",
    ),
    notInThisProfile: assumed(
        "profile csbs: CBR backups are not available",
        "CBR does not exist in this profile; closest message",
        "BackupService.6124",
        "Backup is not allowed for the current type of vaults.",
    ),
    shareWithYourself: assumed(
        "the recipient of a backup is not another project of the region",
        "docs/reference/csbs-cbr.md#cbr-backups; the messages of the codes are not known",
        "BackupService.6702",
        "The backup cannot be shared with this project.",
    ),
    shareState: assumed(
        "the backup to share is not available",
        "docs/reference/csbs-cbr.md#cbr-backups; the messages of the codes are not known",
        "BackupService.6703",
        "The backup in the current state cannot be shared.",
    ),
    memberMissing: assumed(
        "the backup is not shared with this project",
        "docs/reference/csbs-cbr.md#cbr-backups; the messages of the codes are not known",
        "BackupService.6704",
        "The member does not exist.",
        404,
    ),
    operationMissing: assumed(
        "the task does not exist",
        "no source shows the answer",
        "BackupService.6218",
        "The task does not exist.",
        404,
    ),
};

/** Errors of CSBS. */
export const csbsRules = {
    malformedBody: documentedForCsbs(
        "CSBS: the request body is not JSON of the documented form",
        "CSBS.9001",
        "provider invalid",
    ),
    projectMismatch: assumed(
        "CSBS: the project in the path is not the caller's project",
        authenticationFailed,
        "BackupService.9998",
        "Authentication failed.",
        403,
    ),
    providerInvalid: documentedForCsbs("the provider id is not the one for servers", "CSBS.9001", "provider invalid"),
    resourceType: assumed(
        "the resource to protect is not a server",
        "the code for a wrong provider id",
        "CSBS.9001",
        "resource_type must be OS::Nova::Server",
    ),
    serverMissing: documentedForCsbs("CSBS: the server does not exist", "CSBS.6000", "server do not exist"),
    serverState: documentedForCsbs(
        "CSBS: the server to back up is not running or stopped",
        "CSBS.6006",
        "The status of the server is not allowed to protect.",
    ),
    inService: documentedForCsbs(
        "CSBS: the server has another task in progress",
        "CSBS.6005",
        "The server is already in service.",
    ),
    noVolume: documentedForCsbs(
        "the server to back up has no disks",
        "CSBS.6007",
        "No volume attached to the server for protect.",
    ),
    shareableVolume: documentedForCsbs(
        "the server to back up has a shareable disk",
        "CSBS.6010",
        "The server has shareable volumes and is not allowed to protect.",
    ),
    itemMissing: documentedForCsbs(
        "CSBS: the backup does not exist",
        "CSBS.3001",
        "Checkpoint_item is not found.",
        404,
    ),
    itemExecuting: documentedForCsbs("the CSBS backup to delete is being created", "CSBS.2003", "item in executing"),
    usedByImage: documentedForCsbs(
        "the CSBS backup to delete belongs to an image",
        "CSBS.8007",
        "The backup has register to image, can't be delete",
    ),
    closedForNew: documentedForCsbs(
        "profile cbr: new CSBS backups are not available",
        "BackupService.4008",
        "New project are not allowed to use old services.",
    ),
};

import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/csbs-cbr.md#cbr-backups");
const documentedForCsbs = documentedIn("docs/reference/csbs-cbr.md#csbs-backups");
const authenticationFailed = "documented for failed authentication; status chosen";

/** Refusals of CBR. */
export const cbrRules = {
    malformedBody: documented(
        "CBR: the body is JSON of the documented form",
        "BackupService.9900",
        "Parameter verification failed.",
    ),
    projectMismatch: chosen(
        "CBR: the project of the path is the caller's",
        authenticationFailed,
        "BackupService.9998",
        "Authentication failed.",
        403,
    ),
    vaultMissing: documented("the vault exists", "BackupService.6105", "The vault does not exist.", 404),
    vaultResourceType: documented(
        "a vault takes resources of its own type; servers go into backup vaults for servers",
        "BackupService.6102",
        "The vault does not support this resource type.",
    ),
    alreadyInVault: documented(
        "CBR: a server is in one vault at most",
        "BackupService.6103",
        "The resource has been associated with a vault.",
    ),
    notInVault: documented(
        "a backup is made of resources of its vault",
        "BackupService.6135",
        "The resource does not exist in the vault.",
    ),
    vaultCapacity: documented(
        "a vault has room for all disks of a backup",
        "BackupService.6114",
        "The used capacity of the vault exceeds the maximum capacity.",
    ),
    vaultSize: documented(
        "a vault has 1 to 10,485,760 GB and no less than is used",
        "BackupService.6101",
        "Invalid vault capacity.",
    ),
    vaultStatus: documented(
        "a vault that takes a backup is available",
        "BackupService.6113",
        "Backup is not allowed in the current vault status.",
    ),
    vaultHasImages: chosen(
        "a vault with the backup of an image stays",
        "docs/reference/full-ecs-images.md#deletion-of-the-image-and-its-backup; nearest code",
        "BackupService.6111",
        "The vault cannot be deleted. A backup in it has been used to create an image.",
    ),
    serverMissing: documented("CBR: the server exists", "BackupService.7100", "The server does not exist.", 404),
    serverState: documented(
        "a server that is backed up is running or stopped",
        "BackupService.6215",
        "Backup is not allowed in the current resource status.",
    ),
    inProgress: documented(
        "a server is backed up once at a time and while nothing else is done to it",
        "BackupService.6125",
        "A backup task is in progress.",
    ),
    backupMissing: documented("the backup exists", "BackupService.6200", "The backup does not exist.", 404),
    checkpointMissing: documented(
        "the restore point exists",
        "BackupService.6217",
        "The backup restore point does not exist.",
        404,
    ),
    performingBackup: documented("a backup in the making is not deleted", "BackupService.6203", "Performing backups."),
    usedByImage: documented(
        "the backup of an image is not deleted before the image",
        "BackupService.6204",
        "The backup cannot be deleted because it has been used to create an image.",
    ),
    notInThisProfile: chosen(
        "profile csbs: there are no CBR backups",
        "before CBR there are no CBR backups; nearest text",
        "BackupService.6124",
        "Backup is not allowed for the current type of vaults.",
    ),
    shareWithYourself: chosen(
        "a backup is shared with another project of the region",
        "docs/reference/csbs-cbr.md#cbr-backups; the texts of the codes are not known",
        "BackupService.6702",
        "The backup cannot be shared with this project.",
    ),
    shareState: chosen(
        "a backup that is shared is available",
        "docs/reference/csbs-cbr.md#cbr-backups; the texts of the codes are not known",
        "BackupService.6703",
        "The backup in the current state cannot be shared.",
    ),
    memberMissing: chosen(
        "the backup is shared with this project",
        "docs/reference/csbs-cbr.md#cbr-backups; the texts of the codes are not known",
        "BackupService.6704",
        "The member does not exist.",
        404,
    ),
    operationMissing: chosen(
        "the task exists",
        "no source names the answer",
        "BackupService.6218",
        "The task does not exist.",
        404,
    ),
};

/** Refusals of CSBS. */
export const csbsRules = {
    malformedBody: documentedForCsbs("CSBS: the body is JSON of the documented form", "CSBS.9001", "provider invalid"),
    projectMismatch: chosen(
        "CSBS: the project of the path is the caller's",
        authenticationFailed,
        "BackupService.9998",
        "Authentication failed.",
        403,
    ),
    providerInvalid: documentedForCsbs("the provider is that of servers", "CSBS.9001", "provider invalid"),
    resourceType: chosen(
        "what is protected is a server",
        "the code of a wrong provider",
        "CSBS.9001",
        "resource_type must be OS::Nova::Server",
    ),
    serverMissing: documentedForCsbs("CSBS: the server exists", "CSBS.6000", "server do not exist"),
    serverState: documentedForCsbs(
        "CSBS backs up running and stopped servers",
        "CSBS.6006",
        "The status of the server is not allowed to protect.",
    ),
    inService: documentedForCsbs(
        "CSBS backs up a server that nothing else is done to",
        "CSBS.6005",
        "The server is already in service.",
    ),
    noVolume: documentedForCsbs(
        "a server that is backed up has disks",
        "CSBS.6007",
        "No volume attached to the server for protect.",
    ),
    shareableVolume: documentedForCsbs(
        "a server with a shareable disk is not backed up",
        "CSBS.6010",
        "The server has shareable volumes and is not allowed to protect.",
    ),
    itemMissing: documentedForCsbs("CSBS: the backup exists", "CSBS.3001", "Checkpoint_item is not found.", 404),
    itemExecuting: documentedForCsbs("a CSBS backup in the making is not deleted", "CSBS.2003", "item in executing"),
    usedByImage: documentedForCsbs(
        "the CSBS backup of an image is not deleted before the image",
        "CSBS.8007",
        "The backup has register to image, can't be delete",
    ),
    closedForNew: documentedForCsbs(
        "profile cbr: no new CSBS backups",
        "BackupService.4008",
        "New project are not allowed to use old services.",
    ),
};

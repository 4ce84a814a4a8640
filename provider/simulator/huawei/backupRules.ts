import { chosen, documentedIn } from "./rules";

const documented = documentedIn("OTC cloud-backup-recovery api-ref error_codes.rst");
const documentedForCsbs = documentedIn("OTC cloud-server-backup-service api-ref error_codes.rst");

/** Refusals of CBR. */
export const cbrRules = {
    malformedBody: documented("request", "BackupService.9900", "Parameter verification failed."),
    projectMismatch: chosen(
        "tenant",
        "documented for failed authentication; status chosen",
        "BackupService.9998",
        "Authentication failed.",
        403,
    ),
    vaultMissing: documented("R15", "BackupService.6105", "The vault does not exist.", 404),
    vaultResourceType: documented("R15", "BackupService.6102", "The vault does not support this resource type."),
    alreadyInVault: documented("R15", "BackupService.6103", "The resource has been associated with a vault."),
    notInVault: documented("R15", "BackupService.6135", "The resource does not exist in the vault."),
    vaultCapacity: documented(
        "R15",
        "BackupService.6114",
        "The used capacity of the vault exceeds the maximum capacity.",
    ),
    vaultSize: documented("R15", "BackupService.6101", "Invalid vault capacity."),
    vaultStatus: documented("R15", "BackupService.6113", "Backup is not allowed in the current vault status."),
    notABackupVault: documented("R15", "BackupService.6124", "Backup is not allowed for the current type of vaults."),
    vaultHasImages: chosen(
        "R18",
        "a vault goes with its backups, a backup with an image stays; nearest code",
        "BackupService.6111",
        "The vault cannot be deleted. A backup in it has been used to create an image.",
    ),
    serverMissing: documented("lookup", "BackupService.7100", "The server does not exist.", 404),
    serverState: documented("R1", "BackupService.6215", "Backup is not allowed in the current resource status."),
    inProgress: documented("R1", "BackupService.6125", "A backup task is in progress."),
    backupMissing: documented("lookup", "BackupService.6200", "The backup does not exist.", 404),
    checkpointMissing: documented("lookup", "BackupService.6217", "The backup restore point does not exist.", 404),
    performingBackup: documented("R18", "BackupService.6203", "Performing backups."),
    usedByImage: documented(
        "R18",
        "BackupService.6204",
        "The backup cannot be deleted because it has been used to create an image.",
    ),
    notInThisProfile: chosen(
        "profile csbs",
        "before CBR there are no CBR backups; nearest text",
        "BackupService.6124",
        "Backup is not allowed for the current type of vaults.",
    ),
};

/** Refusals of CSBS. */
export const csbsRules = {
    malformedBody: documentedForCsbs("request", "CSBS.9001", "provider invalid"),
    projectMismatch: chosen(
        "tenant",
        "documented for failed authentication; status chosen",
        "BackupService.9998",
        "Authentication failed.",
        403,
    ),
    providerInvalid: documentedForCsbs("request", "CSBS.9001", "provider invalid"),
    serverMissing: documentedForCsbs("lookup", "CSBS.6000", "server do not exist"),
    serverState: documentedForCsbs("R1", "CSBS.6006", "The status of the server is not allowed to protect."),
    inService: documentedForCsbs("R1", "CSBS.6005", "The server is already in service."),
    noVolume: documentedForCsbs("R13", "CSBS.6007", "No volume attached to the server for protect."),
    itemMissing: documentedForCsbs("lookup", "CSBS.3001", "Checkpoint_item is not found.", 404),
    itemExecuting: documentedForCsbs("R18", "CSBS.2003", "item in executing"),
    usedByImage: documentedForCsbs("R18", "CSBS.8007", "The backup has register to image, can't be delete"),
    closedForNew: documentedForCsbs(
        "profile cbr",
        "BackupService.4008",
        "New project are not allowed to use old services.",
    ),
};

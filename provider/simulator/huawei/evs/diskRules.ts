import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-servers.md#evs-error-codes");

/** Refusals of EVS. */
export const diskRules = {
    malformedBody: documented("EVS: the body is JSON of the documented form", "EVS.5400", "Malformed request body."),
    projectMismatch: documented("EVS: the project of the path is the caller's", "EVS.0001", "invalid tenant id!"),
    missing: documented("the disk exists", "EVS.5404", "Volume cound not be found.", 404),
    snapshotMissing: documented("the snapshot of a disk exists", "EVS.5404", "Snapshot could not be found.", 404),
    type: documented("EVS: the disk type exists", "EVS.1020", "invalid volume type!"),
    zone: documented("the availability zone is one of the region", "EVS.1036", "invalid availability zone!"),
    blankOnly: chosen(
        "a new disk is blank",
        "the simulator makes blank disks only",
        "EVS.5403",
        "Policy check failed. Only blank disks can be created.",
        403,
    ),
    deleteStatus: documented(
        "a disk that is deleted is available or in an error state",
        "EVS.1046",
        "volume status must be available, error, error_extending, error_restoring, error_rollbacking when delete volume!",
    ),
    hasSnapshots: chosen(
        "a disk with snapshots stays",
        "docs/reference/huawei-servers.md#evs-disks; nearest code",
        "EVS.1046",
        "The volume has snapshots.",
    ),
    snapshotState: chosen(
        "a snapshot is made of a disk that is available or in use, and deleted when it is made",
        "docs/reference/huawei-servers.md#evs-disks; nearest code",
        "EVS.1048",
        "The volume or snapshot is in a state that does not allow this.",
    ),
};

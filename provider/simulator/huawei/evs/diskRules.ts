import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-servers.md#evs-error-codes");

/** Errors of EVS. */
export const diskRules = {
    malformedBody: documented(
        "EVS: the request body is not JSON of the documented form",
        "EVS.5400",
        "Malformed request body.",
    ),
    projectMismatch: documented(
        "EVS: the project in the path is not the caller's project",
        "EVS.0001",
        "invalid tenant id!",
    ),
    missing: documented("the disk does not exist", "EVS.5404", "Volume cound not be found.", 404),
    snapshotMissing: documented(
        "the snapshot of a disk does not exist",
        "EVS.5404",
        "Snapshot could not be found.",
        404,
    ),
    type: documented("EVS: the disk type does not exist", "EVS.1020", "invalid volume type!"),
    zone: documented("EVS: the region does not have the availability zone", "EVS.1036", "invalid availability zone!"),
    blankOnly: assumed(
        "the new disk is not blank",
        "the simulator creates only blank disks",
        "EVS.5403",
        "Policy check failed. Only blank disks can be created.",
        403,
    ),
    deleteStatus: documented(
        "the disk to delete is not available or in an error state",
        "EVS.1046",
        "volume status must be available, error, error_extending, error_restoring, error_rollbacking when delete volume!",
    ),
    hasSnapshots: assumed(
        "the disk to delete has snapshots",
        "docs/reference/huawei-servers.md#evs-disks; closest code",
        "EVS.1046",
        "The volume has snapshots.",
    ),
    snapshotState: assumed(
        "the disk of a new snapshot is not available or in use, or the snapshot to delete is not complete",
        "docs/reference/huawei-servers.md#evs-disks; closest code",
        "EVS.1048",
        "The volume or snapshot is in a state that does not allow this.",
    ),
};

import type { ErrorRule } from "../../core/errorRule";
import { errorTable } from "./ruleSources";

/** Errors of Simple Application Server about disks and snapshots. */
export const snapshotRules = {
    unknownDisk: {
        errorRule: "the disk does not exist",
        source: "the code that terraform-provider-alicloud expects",
        confirmed: false,
        status: 404,
        code: "InvalidDiskId.NotFound",
        message: "The specified DiskId does not exist.",
    },
    unknownSnapshot: {
        errorRule: "the snapshot does not exist, or is of another server or kind of disk",
        source: errorTable,
        confirmed: true,
        status: 404,
        code: "InvalidSnapshotId.NotFound",
        message: "The specified SnapshotId does not exist.",
    },
    snapshotNameInvalid: {
        errorRule:
            "the snapshot name does not have 2 to 50 letters, digits and : _ . -, or does not begin with a letter, or begins with http",
        source: "docs/reference/swas-images.md#snapshots, where the name is called Remark",
        confirmed: true,
        status: 400,
        code: "InvalidRemark.ValueNotSupported",
        message: "The specified parameter Remark is invalid.",
    },
    snapshotNameTaken: {
        errorRule: "another snapshot of the account in this region has the same name",
        source: "docs/reference/swas-images.md#snapshots",
        confirmed: true,
        status: 400,
        code: "InvalidRemark.Duplicate",
        message: "The specified Remark already exists.",
    },
    snapshotRunning: {
        errorRule: "a snapshot of the disk is already being created",
        source: errorTable,
        confirmed: true,
        status: 403,
        code: "IncorrectDiskStatus.CreatingSnapshot",
        message: "A snapshot is being created in the specified disk. Please try again later.",
    },
    snapshotQuota: {
        errorRule: "the server has 3 snapshots, or the account has 3 for each of its servers, or 15 (configurable)",
        source: "docs/reference/swas-images.md#quotas; the code is by analogy with ECS",
        confirmed: false,
        status: 400,
        code: "QuotaExceed.Snapshot",
        message: "The maximum number of snapshots is exceeded: {limit} for {whom}.",
    },
    snapshotBehindImage: {
        errorRule: "DeleteSnapshot: an image was created from the snapshot",
        source: "docs/reference/swas-images.md#snapshots; the ECS code is used",
        confirmed: false,
        status: 403,
        code: "SnapshotCreatedImage",
        message: "The snapshot has been used to create the custom image {imageId}. Delete the image first.",
    },
    snapshotNotReady: {
        errorRule: "CreateCustomImage: the snapshot is not accomplished",
        source: "docs/reference/swas-images.md#image-errors; inferred for this operation",
        confirmed: false,
        status: 400,
        code: "IncorrectStatus",
        message:
            "The state of the disk or instance does not currently support this operation: {snapshotId} is {status}.",
    },
    remarkInvalid: {
        errorRule: "the remark has more than 256 characters",
        source: "the code is that of CreateSnapshot; no source shows the length",
        confirmed: false,
        status: 400,
        code: "InvalidRemark.ValueNotSupported",
        message: "The specified parameter Remark is invalid.",
    },
    resetDiskNeedsStop: {
        errorRule: "ResetDisk: the server is not stopped",
        source: errorTable,
        confirmed: true,
        status: 403,
        code: "IncorrectInstanceStatus.ResetDisk",
        message: "Rolling back the disk requires the instance to operate in a stopped state.",
    },
    diskRollingBack: {
        errorRule: "the disk is being rolled back: it cannot be changed, and its server cannot be started",
        source: "docs/reference/swas-images.md#image-errors; inferred for this operation",
        confirmed: false,
        status: 400,
        code: "IncorrectStatus",
        message:
            "The state of the disk or instance does not currently support this operation: the disk {diskId} is being rolled back.",
    },
    snapshotOlderThanReset: {
        errorRule: "ResetDisk: the snapshot is older than the last reset of the server",
        source: "the rule is in ResetDisk (SDK 4.0.0); no source shows the code",
        confirmed: false,
        status: 400,
        code: "InvalidSnapshotId.BeforeReset",
        message: "The snapshot {snapshotId} was taken before the server was reset.",
    },
} as const satisfies Record<string, ErrorRule>;

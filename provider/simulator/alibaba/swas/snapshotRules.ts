import type { ErrorRule } from "../../core/errorRule";
import { errorTable } from "./ruleSources";

/** What Simple Application Server refuses about disks and snapshots. */
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
        errorRule: "the snapshot does not exist, or is not one of this server and kind of disk",
        source: errorTable,
        confirmed: true,
        status: 404,
        code: "InvalidSnapshotId.NotFound",
        message: "The specified SnapshotId does not exist.",
    },
    snapshotNameInvalid: {
        errorRule: "a snapshot's name has 2 to 50 letters, digits and : _ . -, begins with a letter and not with http",
        source: "docs/reference/swas-images.md#snapshots; the name is the Remark there",
        confirmed: true,
        status: 400,
        code: "InvalidRemark.ValueNotSupported",
        message: "The specified parameter Remark is invalid.",
    },
    snapshotNameTaken: {
        errorRule: "an account's snapshots have different names in a region",
        source: "docs/reference/swas-images.md#snapshots",
        confirmed: true,
        status: 400,
        code: "InvalidRemark.Duplicate",
        message: "The specified Remark already exists.",
    },
    snapshotRunning: {
        errorRule: "a disk has one snapshot in the making",
        source: errorTable,
        confirmed: true,
        status: 403,
        code: "IncorrectDiskStatus.CreatingSnapshot",
        message: "A snapshot is being created in the specified disk. Please try again later.",
    },
    snapshotQuota: {
        errorRule: "3 snapshots for a server; for an account 3 times its servers, at most 15 (settable)",
        source: "docs/reference/swas-images.md#quotas; the code is by analogy with ECS",
        confirmed: false,
        status: 400,
        code: "QuotaExceed.Snapshot",
        message: "The maximum number of snapshots is exceeded: {limit} for {whom}.",
    },
    snapshotBehindImage: {
        errorRule: "a snapshot stays as long as an image made from it",
        source: "docs/reference/swas-images.md#snapshots; the code is the one of ECS",
        confirmed: false,
        status: 403,
        code: "SnapshotCreatedImage",
        message: "The snapshot has been used to create the custom image {imageId}. Delete the image first.",
    },
    snapshotNotReady: {
        errorRule: "an image is made from accomplished snapshots",
        source: "docs/reference/swas-images.md#image-errors; that it is used here is inferred",
        confirmed: false,
        status: 400,
        code: "IncorrectStatus",
        message:
            "The state of the disk or instance does not currently support this operation: {snapshotId} is {status}.",
    },
    remarkInvalid: {
        errorRule: "a remark has at most 256 characters",
        source: "the code is the one of CreateSnapshot; no source shows the length",
        confirmed: false,
        status: 400,
        code: "InvalidRemark.ValueNotSupported",
        message: "The specified parameter Remark is invalid.",
    },
    resetDiskNeedsStop: {
        errorRule: "a disk is rolled back while its server is stopped",
        source: errorTable,
        confirmed: true,
        status: 403,
        code: "IncorrectInstanceStatus.ResetDisk",
        message: "Rolling back the disk requires the instance to operate in a stopped state.",
    },
    diskRollingBack: {
        errorRule: "a disk that is rolled back is left alone, and its server stays stopped",
        source: "docs/reference/swas-images.md#image-errors; that it is used here is inferred",
        confirmed: false,
        status: 400,
        code: "IncorrectStatus",
        message:
            "The state of the disk or instance does not currently support this operation: the disk {diskId} is being rolled back.",
    },
    snapshotOlderThanReset: {
        errorRule: "a snapshot taken before the server was reset does not roll its disks back",
        source: "the rule is in ResetDisk (SDK 4.0.0); no source shows the code",
        confirmed: false,
        status: 400,
        code: "InvalidSnapshotId.BeforeReset",
        message: "The snapshot {snapshotId} was taken before the server was reset.",
    },
} as const satisfies Record<string, ErrorRule>;

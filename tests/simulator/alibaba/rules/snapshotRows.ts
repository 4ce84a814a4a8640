import type { snapshotRules } from "../../../../provider/dist/simulator/alibaba/swas/snapshotRules.js";
import { minute, type Simulated, web } from "../simulated.ts";
import type { RowsOf } from "./row.ts";
import { rollBack, stop } from "./scene.ts";

const take = async (cloud: Simulated, SnapshotName: string, DiskId?: string) =>
    cloud.swas.call("CreateSnapshot", { DiskId: DiskId ?? (await cloud.systemDisk()), SnapshotName });

async function bring(cloud: Simulated, SnapshotId: string) {
    return cloud.swas.call("ResetDisk", { DiskId: await cloud.systemDisk(), SnapshotId });
}

export const snapshotRows: RowsOf<typeof snapshotRules> = {
    unknownDisk: {
        says: "404 InvalidDiskId.NotFound The specified DiskId does not exist.",
        by: (cloud) => take(cloud, "one", "none"),
    },
    unknownSnapshot: {
        says: "404 InvalidSnapshotId.NotFound The specified SnapshotId does not exist.",
        by: ({ swas }) => swas.call("DeleteSnapshot", { SnapshotId: "none" }),
    },
    snapshotNameInvalid: {
        says: "400 InvalidRemark.ValueNotSupported The specified parameter Remark is invalid.",
        by: (cloud) => take(cloud, "1"),
    },
    snapshotNameTaken: {
        says: "400 InvalidRemark.Duplicate The specified Remark already exists.",
        by: async (cloud) => {
            await cloud.snapshot("one");
            return take(cloud, "one");
        },
    },
    snapshotRunning: {
        says: "403 IncorrectDiskStatus.CreatingSnapshot A snapshot is being created in the specified disk. Please try again later.",
        by: async (cloud) => {
            await take(cloud, "one");
            return take(cloud, "two");
        },
    },
    snapshotQuota: {
        says: "400 QuotaExceed.Snapshot The maximum number of snapshots is exceeded: 1 for server ace0706b2ac4454d984295a942130001.",
        options: { quotas: { "alibaba.swas.snapshotsPerServer": 1 } },
        by: async (cloud) => {
            await cloud.snapshot("one");
            return take(cloud, "two");
        },
    },
    snapshotBehindImage: {
        says: "403 SnapshotCreatedImage The snapshot has been used to create the custom image",
        by: async (cloud) => cloud.swas.call("DeleteSnapshot", { SnapshotId: (await cloud.image("image")).snapshotId }),
    },
    snapshotNotReady: {
        says: "400 IncorrectStatus The state of the disk or instance does not currently support this operation:",
        by: async (cloud) => {
            const { body } = await take(cloud, "one");
            const image = { InstanceId: web, SystemSnapshotId: body.SnapshotId, ImageName: "image" };
            return cloud.swas.call("CreateCustomImage", image);
        },
    },
    remarkInvalid: {
        says: "400 InvalidRemark.ValueNotSupported The specified parameter Remark is invalid.",
        by: async (cloud) =>
            cloud.swas.call("UpdateSnapshotAttribute", {
                SnapshotId: await cloud.snapshot("one"),
                Remark: "x".repeat(257),
            }),
    },
    resetDiskNeedsStop: {
        says: "403 IncorrectInstanceStatus.ResetDisk Rolling back the disk requires the instance to operate in a stopped state.",
        by: async (cloud) => bring(cloud, await cloud.snapshot("one")),
    },
    diskRollingBack: {
        says: "400 IncorrectStatus The state of the disk or instance does not currently support this operation: the disk",
        by: async (cloud) => {
            await rollBack(cloud);
            return cloud.swas.call("StartInstance", { InstanceId: web });
        },
    },
    snapshotOlderThanReset: {
        says: "400 InvalidSnapshotId.BeforeReset The snapshot",
        by: async (cloud) => {
            const SnapshotId = await cloud.snapshot("one");
            await cloud.swas.ok("ResetSystem", { InstanceId: web });
            cloud.advance(3 * minute);
            await stop(cloud);
            return bring(cloud, SnapshotId);
        },
    },
};

import { kind } from "../../core/kinds";
import { refusal } from "../../core/rule";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { id, required } from "../gateway/parameters";
import { regionUnlessBy } from "../locations";
import { diskKind, snapshotKind } from "./holdings";
import { regionOfDisk, serverOf, snapshotOf } from "./lookup";
import { swasRules } from "./swasRules";

const diskRolledBack = kind<{ diskId: string; snapshotId: string }>("alibaba.disk.rolledBack");

export function declareDiskResetJobs(sim: Simulation): void {
    sim.onJob(diskRolledBack, ({ shelf, body, failure }) => {
        shelf.change(diskKind, body.diskId, { isRollingBack: false });
        if (failure === undefined) shelf.change(snapshotKind, body.snapshotId, { rolledBackAt: sim.clock.now() });
    });
}

export const resetDisk = operation({
    name: "ResetDisk",
    locate: regionOfDisk,
    parameters: { RegionId: regionUnlessBy("DiskId"), DiskId: required(id), SnapshotId: required(id) },
    run: (caller, { DiskId: diskId, SnapshotId: snapshotId }) => {
        const disk = caller.shelf.get(diskKind, diskId);
        if (!disk) throw refusal(swasRules.unknownDisk);
        const snapshot = snapshotOf(caller, snapshotId);
        if (snapshot.diskId !== diskId) throw refusal(swasRules.unknownSnapshot);
        const server = serverOf(caller, disk.serverId);
        if (server.status !== "Stopped") throw refusal(swasRules.resetDiskNeedsStop);
        const { status } = snapshot;
        if (status !== "accomplished") throw refusal(swasRules.snapshotNotReady, { snapshotId, status });
        if (snapshot.startedAt < (server.resetAt ?? 0)) {
            throw refusal(swasRules.snapshotOlderThanReset, { snapshotId });
        }
        if (disk.isRollingBack) throw refusal(swasRules.diskRollingBack, { diskId });
        caller.shelf.change(diskKind, diskId, { isRollingBack: true });
        const after = durationOf(caller.sim, "diskReset");
        caller.sim.schedule(diskRolledBack, caller.scope, after, { diskId, snapshotId });
        return {};
    },
});

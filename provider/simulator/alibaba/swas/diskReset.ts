import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { id, required } from "../gateway/parameters";
import { regionUnlessBy } from "../locations";
import { regionOfDisk, serverOf, snapshotOf } from "./lookup";
import { diskKind, snapshotKind } from "./models";
import { swasRules } from "./swasRules";

const diskRolledBack = kind<{ diskId: string; snapshotId: string }>("alibaba.disk.rolledBack");

export function declareDiskResetJobs(sim: Simulation): void {
    sim.onJob(diskRolledBack, ({ store, body, failure }) => {
        store.change(diskKind, body.diskId, { isRollingBack: false });
        if (failure === undefined) store.change(snapshotKind, body.snapshotId, { rolledBackAt: sim.clock.now() });
    });
}

export const resetDisk = operation({
    name: "ResetDisk",
    locate: regionOfDisk,
    parameters: { RegionId: regionUnlessBy("DiskId"), DiskId: required(id), SnapshotId: required(id) },
    run: (caller, { DiskId: diskId, SnapshotId: snapshotId }) => {
        const disk = caller.store.get(diskKind, diskId);
        if (!disk) throw apiError(swasRules.unknownDisk);
        const snapshot = snapshotOf(caller, snapshotId);
        if (snapshot.diskId !== diskId) throw apiError(swasRules.unknownSnapshot);
        const server = serverOf(caller, disk.serverId);
        if (server.status !== "Stopped") throw apiError(swasRules.resetDiskNeedsStop);
        const { status } = snapshot;
        if (status !== "accomplished") throw apiError(swasRules.snapshotNotReady, { snapshotId, status });
        if (snapshot.startedAt < (server.resetAt ?? 0)) {
            throw apiError(swasRules.snapshotOlderThanReset, { snapshotId });
        }
        if (disk.isRollingBack) throw apiError(swasRules.diskRollingBack, { diskId });
        caller.store.change(diskKind, diskId, { isRollingBack: true });
        const after = durationOf(caller.sim, "diskReset");
        caller.sim.schedule(diskRolledBack, caller.scope, after, { diskId, snapshotId });
        return {};
    },
});

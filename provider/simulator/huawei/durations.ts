import type { Simulation } from "../core/simulation";

/** Durations of asynchronous work, in seconds of virtual time, with their sources. */
export const durations = {
    wholeImageBegin: { seconds: 1, source: "assumption: INIT to RUNNING" },
    wholeImageRow: { seconds: 5, source: "assumption: the image is listed soon after the backup begins" },
    wholeImageActive: {
        seconds: 250,
        source: "60 % of the job: the snapshots are complete and the image is usable in one zone only",
    },
    wholeImageJob: { seconds: 418, source: "terraform-provider-huaweicloud#5430: 418-702 s" },
    backupUpload: {
        seconds: 600,
        source: "docs/reference/full-ecs-images.md#availability: about 10 minutes in one zone only",
    },
    backupSnapshots: { seconds: 60, source: "assumption: snapshots of a backup that is not for an image" },
    backupDelete: { seconds: 10, source: "assumption; the documentation allows up to 30 min" },
    imageFromBackupBegin: { seconds: 1, source: "assumption" },
    imageFromBackupJob: { seconds: 62, source: "terraform-provider-huaweicloud#3023: 62.14 s" },
    systemImageRow: { seconds: 5, source: "assumption" },
    systemImageJob: { seconds: 415, source: "terraform-provider-huaweicloud#3023: 415.13 s" },
    imageCopy: { seconds: 120, source: "docs/reference/image-lifecycle.md#published-durations: about 2 min" },
    imageRegionCopy: { seconds: 743, source: "terraform-provider-huaweicloud#2836: 743 s" },
    imageExport: { seconds: 120, source: "assumption: same as a copy" },
    imageUpload: { seconds: 30, source: "assumption" },
    imageImport: { seconds: 300, source: "assumption: shorter than an image of a server" },
    imageDelete: { seconds: 3, source: "the provider polls every 3 s after the 204 (terraform-provider-huaweicloud)" },
    memberJob: { seconds: 2.4, source: "docs/reference/image-lifecycle.md#published-durations" },
    serverBegin: { seconds: 1, source: "assumption: INIT to RUNNING" },
    serverCreate: { seconds: 45, source: "Mao and Humphrey 2012: Linux starts of 44-97 s" },
    serverDataDisk: { seconds: 15, source: "assumption: added to serverCreate for each data disk" },
    serverDelete: { seconds: 20, source: "assumption" },
    serverPower: { seconds: 10, source: "assumption" },
    serverChangeOs: { seconds: 90, source: "assumption" },
    diskAttach: { seconds: 5, source: "assumption" },
    diskCreate: { seconds: 5, source: "assumption" },
    diskSnapshot: { seconds: 5, source: "assumption" },
    listed: {
        seconds: 0,
        source: "assumption: delay until lists show a finished image or a share; a world can increase it",
    },
    shown: { seconds: 0, source: "assumption: how long a finished server answers 404; a world can increase it" },
    diskDelete: { seconds: 3, source: "assumption" },
} as const;

export type DurationName = keyof typeof durations;

/** The setting for the durations that the world file overrides. */
export const durationsSetting = "huawei.durations";

/** The duration in this simulation, in milliseconds. */
export function durationOf(sim: Simulation, name: DurationName): number {
    const overridden = sim.settings.get<Partial<Record<DurationName, number>>>(durationsSetting)?.[name];
    return Math.round((overridden ?? durations[name].seconds) * 1000);
}

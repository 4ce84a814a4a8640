import type { Simulation } from "../../core/simulation";
import type { Product } from "../gateway/operation";
import { catalogueOperations } from "./catalogue";
import { cloudAssistantOperations } from "./cloudAssistant";
import { commandOperations } from "./commands";
import { copyCustomImage, declareCustomImageCopyJobs } from "./customImageCopy";
import { listCustomImages } from "./customImageList";
import { customImageOperations, declareCustomImageJobs } from "./customImages";
import { declareDiskResetJobs, resetDisk } from "./diskReset";
import { listDisks } from "./disks";
import { invocationListOperations } from "./invocationList";
import { declareCommandJobs } from "./invocations";
import { swasQuotas } from "./quotas";
import { savedCommandOperations } from "./savedCommands";
import { attributeOperations } from "./serverAttributes";
import { serverListOperations } from "./serverList";
import { declareUpgradeJobs, serverPlanOperations } from "./serverPlans";
import { powerOperations } from "./serverPower";
import { declareReleaseJobs } from "./serverRelease";
import { declareServerJobs } from "./serverSteps";
import { createInstances } from "./servers";
import { declareSharingJobs, sharingOperations } from "./sharing";
import { declareSnapshotJobs, snapshotOperations } from "./snapshots";
import { declareSystemResetJobs, resetSystem } from "./systemReset";
import { tagOperations } from "./tags";

/** The product Simple Application Server. */
export const swas: Product = {
    name: "swas",
    version: "2020-06-01",
    hostId: (region) => (region ? `swas.${region}.aliyuncs.com` : "swas-open.aliyuncs.com"),
    callsPerMinute: swasQuotas.callsPerMinute,
    operations: [
        ...catalogueOperations,
        ...serverListOperations,
        createInstances,
        ...powerOperations,
        ...attributeOperations,
        ...serverPlanOperations,
        resetSystem,
        listDisks,
        resetDisk,
        ...snapshotOperations,
        ...customImageOperations,
        listCustomImages,
        ...sharingOperations,
        copyCustomImage,
        ...tagOperations,
        ...savedCommandOperations,
        ...commandOperations,
        ...invocationListOperations,
        ...cloudAssistantOperations,
    ],
};

export function declareSwasJobs(sim: Simulation): void {
    declareServerJobs(sim);
    declareUpgradeJobs(sim);
    declareSystemResetJobs(sim);
    declareDiskResetJobs(sim);
    declareReleaseJobs(sim);
    declareSnapshotJobs(sim);
    declareCustomImageJobs(sim);
    declareCustomImageCopyJobs(sim);
    declareSharingJobs(sim);
    declareCommandJobs(sim);
}

import type { Simulation } from "../../core/simulation";
import type { Product } from "../gateway/operation";
import { catalogueOperations } from "./catalogue";
import { commandOperations, declareCommandJobs } from "./commands";
import { copyCustomImage, declareCustomImageCopyJobs } from "./customImageCopy";
import { listCustomImages } from "./customImageList";
import { customImageOperations, declareCustomImageJobs } from "./customImages";
import { listDisks } from "./disks";
import { serverListOperations } from "./serverList";
import { powerOperations } from "./serverPower";
import { declareReleaseJobs } from "./serverRelease";
import { createInstances, declareServerJobs } from "./servers";
import { declareSharingJobs, sharingOperations } from "./sharing";
import { declareSnapshotJobs, snapshotOperations } from "./snapshots";
import { tagOperations } from "./tags";

/** Simple Application Server. */
export const swas: Product = {
    name: "swas",
    version: "2020-06-01",
    hostId: (region) => (region ? `swas.${region}.aliyuncs.com` : "swas-open.aliyuncs.com"),
    callsPerMinute: {
        name: "alibaba.swas.callsPerMinute",
        value: 0,
        what: "calls of each action by an account in a minute; 0 is no limit, the real cloud's is 10",
        source: "reference alibaba.md 1.6 (help.aliyun.com 347607)",
    },
    operations: [
        ...catalogueOperations,
        ...serverListOperations,
        createInstances,
        ...powerOperations,
        listDisks,
        ...snapshotOperations,
        ...customImageOperations,
        listCustomImages,
        ...sharingOperations,
        copyCustomImage,
        ...tagOperations,
        ...commandOperations,
    ],
};

export function declareSwasJobs(sim: Simulation): void {
    declareServerJobs(sim);
    declareReleaseJobs(sim);
    declareSnapshotJobs(sim);
    declareCustomImageJobs(sim);
    declareCustomImageCopyJobs(sim);
    declareSharingJobs(sim);
    declareCommandJobs(sim);
}

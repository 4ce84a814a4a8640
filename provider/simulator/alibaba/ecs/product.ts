import type { Simulation } from "../../core/simulation";
import { regionsOf } from "../accounts";
import { operation, type Product } from "../gateway/operation";
import { text } from "../gateway/parameters";
import { regionNamed } from "../regions";
import { describeDisks } from "./diskList";
import { deleteDisk } from "./disks";
import { modifyImageAttribute } from "./imageAttributes";
import { copyOperations, declareImageCopyJobs } from "./imageCopy";
import { deleteImage } from "./imageDeletion";
import { describeImageFromFamily } from "./imageFamilies";
import { describeImages } from "./imageList";
import { imageSharingOperations } from "./imageSharing";
import { deleteInstance } from "./instanceDeletion";
import { describeInstances } from "./instanceList";
import { powerOperations } from "./instancePower";
import { declareInstanceJobs } from "./instanceSteps";
import { runInstances } from "./instances";
import { instanceTypeOperations } from "./instanceTypes";
import { describeSecurityGroups } from "./securityGroups";
import { snapshotOperations } from "./snapshots";
import { replaceSystemDisk } from "./systemDiskReplacement";
import { tagOperations } from "./tags";

const describeRegions = operation({
    name: "DescribeRegions",
    reads: true,
    parameters: {
        AcceptLanguage: text(),
        // Every charge type is available in every region.
        InstanceChargeType: text(),
        ResourceType: text(),
    },
    run: ({ sim, account }) => ({
        Regions: {
            Region: regionsOf(sim, account).map((id) => ({
                RegionId: id,
                LocalName: regionNamed(id).localName,
                RegionEndpoint: `ecs.${id}.aliyuncs.com`,
                Status: "available",
            })),
        },
    }),
});

/** The operations of Elastic Compute Service that machine images require. */
export const ecs: Product = {
    name: "ecs",
    version: "2014-05-26",
    hostId: (region) => (region ? `ecs.${region}.aliyuncs.com` : "ecs.aliyuncs.com"),
    operations: [
        describeRegions,
        describeImages,
        describeImageFromFamily,
        ...instanceTypeOperations,
        describeSecurityGroups,
        modifyImageAttribute,
        ...copyOperations,
        deleteImage,
        ...imageSharingOperations,
        runInstances,
        deleteInstance,
        replaceSystemDisk,
        deleteDisk,
        ...powerOperations,
        describeInstances,
        describeDisks,
        ...snapshotOperations,
        ...tagOperations,
    ],
};

export function declareEcsJobs(sim: Simulation): void {
    declareImageCopyJobs(sim);
    declareInstanceJobs(sim);
}

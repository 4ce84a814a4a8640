import type { z } from "zod";
import type { Operation } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { type AttachedVolume, disksOf } from "../models/disks";
import { type Server, servers } from "../models/server";
import { isDedicated } from "../models/volume";
import { refuse } from "../rules";
import { type DiskImage, orderDiskImage } from "./diskImages";
import type { ImageWork } from "./imageLife";
import { draftOf, type imageRequest } from "./imageRequests";
import { imageSourceRules } from "./imageRules";

/** Only full-ECS images can contain larger disks (docs/reference/ims.md#image-quotas). */
const maxDiskGiB = 1024;

/** A running or stopped server without a task in progress (docs/reference/ims.md#creation). */
function imageableServer({ store }: Operation, serverId: string): Server {
    const server = store.get(servers, serverId);
    if (!server) throw refuse(imageSourceRules.serverMissing, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
        throw refuse(imageSourceRules.serverNotStopped, serverId);
    }
    if (server.taskState !== null || isOccupied(store, serverId)) throw refuse(imageSourceRules.serverBusy, serverId);
    return server;
}

function systemDiskOf({ store }: Operation, serverId: string): AttachedVolume {
    const [disk] = disksOf(store, serverId);
    if (disk?.attachment.bootIndex !== 0) throw refuse(imageSourceRules.noSystemDisk, serverId);
    if (isDedicated(disk)) throw refuse(imageSourceRules.dedicatedDisk, disk.id);
    if (disk.sizeGiB > maxDiskGiB) throw refuse(imageSourceRules.systemDiskTooLarge, `(${disk.sizeGiB} GB)`);
    return disk;
}

/** The image of a server's system disk. */
export function systemDiskImage(
    operation: Operation,
    serverId: string | undefined,
    wanted: z.infer<typeof imageRequest>,
): DiskImage {
    const draft = draftOf(operation, wanted);
    if (!serverId) throw refuse(imageSourceRules.serverIdMissing);
    operation.names(serverId);
    const server = imageableServer(operation, serverId);
    const facts = {
        os: server.os,
        guest: server.guest,
        dataOrigin: `instance,${serverId}`,
        originalImageId: server.image.id,
    };
    return { volumeId: systemDiskOf(operation, serverId).id, serverId, draft, facts };
}

/** Begins an image of a server's system disk. */
export function orderSystemImage(
    operation: Operation,
    serverId: string | undefined,
    wanted: z.infer<typeof imageRequest>,
): ImageWork {
    return orderDiskImage(operation, systemDiskImage(operation, serverId, wanted), "imsCreateImageByInstance");
}

import type { z } from "zod";
import type { Operation } from "../gateway/operation";
import { type AttachedVolume, disksOf } from "../holdings/disks";
import { type Server, servers } from "../holdings/server";
import { isDedicated } from "../holdings/volume";
import { isOccupied } from "../jobs/occupation";
import { refuse } from "../rules";
import { type DiskImage, orderDiskImage } from "./diskImages";
import type { ImageWork } from "./imageLife";
import { draftOf, type imageRequest } from "./imageRequests";
import { imageSourceRules } from "./imageRules";

/** Larger disks are part of full-ECS images only (docs/reference/ims.md#image-quotas). */
const largestDiskGiB = 1024;

/** Running or stopped, and nothing else done to it (docs/reference/ims.md#creation). */
function imageableServer({ shelf }: Operation, serverId: string): Server {
    const server = shelf.get(servers, serverId);
    if (!server) throw refuse(imageSourceRules.serverMissing, serverId);
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
        throw refuse(imageSourceRules.serverNotStopped, serverId);
    }
    if (server.taskState !== null || isOccupied(shelf, serverId)) throw refuse(imageSourceRules.serverBusy, serverId);
    return server;
}

function systemDiskOf({ shelf }: Operation, serverId: string): AttachedVolume {
    const [disk] = disksOf(shelf, serverId);
    if (disk?.attachment.bootIndex !== 0) throw refuse(imageSourceRules.noSystemDisk, serverId);
    if (isDedicated(disk)) throw refuse(imageSourceRules.dedicatedDisk, disk.id);
    if (disk.sizeGiB > largestDiskGiB) throw refuse(imageSourceRules.systemDiskTooLarge, `(${disk.sizeGiB} GB)`);
    return disk;
}

/** What the image of a server's system disk will be. */
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

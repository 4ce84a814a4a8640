import { apiError } from "../../core/errorRule";
import type { Placed } from "../../core/kinds";
import type { Caller } from "../gateway/operation";
import { id, required } from "../gateway/parameters";
import { firstRegionOf, regionBy, regionUnlessBy } from "../locations";
import {
    type CustomImage,
    customImageKind,
    type Disk,
    diskKind,
    type Server,
    type Snapshot,
    serverKind,
    snapshotKind,
} from "./models";
import { commandKind } from "./savedCommands";
import { swasRules } from "./swasRules";

export const regionOfServer = regionBy("InstanceId", serverKind);
export const regionOfDisk = regionBy("DiskId", diskKind);
export const regionOfSnapshot = regionBy("SnapshotId", snapshotKind);
export const regionOfImage = regionBy("ImageId", customImageKind);

export const regionOfServers = regionBy("InstanceIds", serverKind);
export const regionOfSnapshots = regionBy("SnapshotIds", snapshotKind);
export const regionOfImages = regionBy("ImageIds", customImageKind);
export const regionOfResources = firstRegionOf(
    regionBy("ResourceId", serverKind),
    regionBy("ResourceId", diskKind),
    regionBy("ResourceId", snapshotKind),
    regionBy("ResourceId", customImageKind),
    regionBy("ResourceId", commandKind),
);

/** Parameters of operations on one server, and on one image of the caller. */
export const onServer = { RegionId: regionUnlessBy("InstanceId"), InstanceId: required(id) };
export const onImage = { RegionId: regionUnlessBy("ImageId"), ImageId: required(id) };

/** The caller's own server in the requested region. A server of another account is unknown. */
export function serverOf(caller: Caller, serverId: string): Server {
    const server = caller.store.get(serverKind, serverId);
    if (!server) throw apiError(swasRules.unknownServer);
    return server;
}

/** @throws ApiError if the server does not have one of the allowed statuses */
export function requireStatus(server: Server, ...allowed: readonly Server["status"][]): void {
    if (!allowed.includes(server.status)) throw apiError(swasRules.wrongServerStatus);
}

export function snapshotOf(caller: Caller, snapshotId: string): Snapshot {
    const snapshot = caller.store.get(snapshotKind, snapshotId);
    if (!snapshot) throw apiError(swasRules.unknownSnapshot);
    return snapshot;
}

export function ownImageOf(caller: Caller, imageId: string): CustomImage {
    const image = caller.store.get(customImageKind, imageId);
    if (!image) throw apiError(swasRules.unknownImage);
    return image;
}

/** Images that other accounts share with the caller in the caller's region. */
export function imagesSharedWith(caller: Caller): Placed<CustomImage>[] {
    return caller.sim.registry
        .ofOthers(customImageKind, caller.scope)
        .filter(({ value }) => value.shareAccounts.some(({ account }) => account === caller.account));
}

export function disksOf(caller: Caller, serverId: string): Placed<Disk>[] {
    return caller.store.list(diskKind).filter(({ value }) => value.serverId === serverId);
}

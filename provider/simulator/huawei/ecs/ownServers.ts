import type { Operation } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { areRead, disksOf } from "../models/disks";
import { type Server, servers } from "../models/server";
import { refuse } from "../rules";
import { serverRules } from "./serverRules";

/** The caller's server, or 404. */
export function ownServer({ store }: Operation, id: string): Server {
    const server = store.get(servers, id);
    if (!server) throw refuse(serverRules.missing, id);
    return server;
}

/** Whether an image or backup is being made of it; from the request on, not only while the disks are read. */
export function isBeingRead({ store }: Operation, serverId: string): boolean {
    return isOccupied(store, serverId, "ims") || areRead(disksOf(store, serverId));
}

/** Refuses work on a server on which ECS is at work already. */
export function checkFree({ store }: Operation, server: Server): void {
    if (server.taskState !== null || isOccupied(store, server.id, "ecs")) {
        throw refuse(serverRules.state, `(${server.id}: ${server.taskState ?? server.status})`);
    }
}

/** Refuses work on a server that any service is at work on. */
export function checkIdle(operation: Operation, server: Server): void {
    if (isBeingRead(operation, server.id)) throw refuse(serverRules.systemDiskBackedUp, server.id);
    checkFree(operation, server);
}

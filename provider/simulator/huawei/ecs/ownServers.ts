import type { Operation } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { areRead, disksOf } from "../models/disks";
import { type Server, servers } from "../models/server";
import { refuse } from "../rules";
import { serverRules } from "./serverRules";

/** The caller's server. @throws ApiError 404 */
export function ownServer({ store }: Operation, id: string): Server {
    const server = store.get(servers, id);
    if (!server) throw refuse(serverRules.missing, id);
    return server;
}

/** Whether an image or backup of it is being created. True from the request on, not only while the disks are read. */
export function isBeingRead({ store }: Operation, serverId: string): boolean {
    return isOccupied(store, serverId, "ims") || areRead(disksOf(store, serverId));
}

/** @throws ApiError if an ECS task is in progress on the server */
export function checkFree({ store }: Operation, server: Server): void {
    if (server.taskState !== null || isOccupied(store, server.id, "ecs")) {
        throw refuse(serverRules.state, `(${server.id}: ${server.taskState ?? server.status})`);
    }
}

/** @throws ApiError if a task of any service is in progress on the server */
export function checkIdle(operation: Operation, server: Server): void {
    if (isBeingRead(operation, server.id)) throw refuse(serverRules.systemDiskBackedUp, server.id);
    checkFree(operation, server);
}

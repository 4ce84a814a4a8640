import type { Kind } from "../../core/kinds";
import type { Caller } from "../gateway/operation";
import { refusal } from "../rule";
import { customImageKind, type Snapshot, serverKind, snapshotKind } from "./holdings";
import { swasRules } from "./swasRules";

/** CreateInstances: 50 for an account in a region. */
const serversInRegion = 50;
/** CreateSnapshot: 3 for the disks of a server. */
const snapshotsOfServer = 3;
/** CreateSnapshot and CreateCustomImage: 3 times the account's servers, but no more than 15. */
const perServer = 3;
const most = 15;

function countOf<T>(caller: Caller, kind: Kind<T>): number {
    return caller.sim.registry.list("alibaba", kind, caller.account).length;
}

function accountLimit(caller: Caller): number {
    return Math.min(perServer * countOf(caller, serverKind), most);
}

export function checkServerQuota(caller: Caller, amount: number): void {
    if (caller.shelf.list(serverKind).length + amount > serversInRegion) throw refusal(swasRules.serverQuota);
}

export function checkSnapshotQuota(caller: Caller, serverId: string): void {
    const own = caller.shelf.list<Snapshot>(snapshotKind).filter(({ value }) => value.serverId === serverId);
    if (own.length >= snapshotsOfServer) {
        throw refusal(swasRules.snapshotQuota, { limit: snapshotsOfServer, whom: `server ${serverId}` });
    }
    const limit = accountLimit(caller);
    if (countOf(caller, snapshotKind) >= limit) throw refusal(swasRules.snapshotQuota, { limit, whom: "the account" });
}

/** Copies count where they lie: images are counted over all regions of the account. */
export function checkImageQuota(caller: Caller): void {
    if (countOf(caller, customImageKind) >= accountLimit(caller)) throw refusal(swasRules.imageQuota);
}

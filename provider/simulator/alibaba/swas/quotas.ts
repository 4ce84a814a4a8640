import { apiError } from "../../core/errorRule";
import type { Kind } from "../../core/kinds";
import type { Quota } from "../../core/quotas";
import type { Caller } from "../gateway/operation";
import { customImageKind, type Snapshot, serverKind, snapshotKind } from "./models";
import { swasRules } from "./swasRules";

/** The quotas of Simple Application Server. */
export const swasQuotas = {
    callsPerMinute: {
        name: "alibaba.swas.callsPerMinute",
        value: 0,
        what: "calls of each action by an account per minute; 0 means no limit; the real cloud allows 10",
        source: "docs/reference/alibaba-api.md#call-quota",
    },
    servers: {
        name: "alibaba.swas.servers",
        value: 50,
        what: "servers of an account in a region",
        source: "CreateInstances (SDK 4.0.0)",
    },
    snapshots: {
        name: "alibaba.swas.snapshots",
        value: 15,
        what: "snapshots of an account in all regions",
        source: "CreateSnapshot (SDK 4.0.0)",
    },
    snapshotsPerServer: {
        name: "alibaba.swas.snapshotsPerServer",
        value: 3,
        what: "snapshots of the disks of a server; also snapshots of an account for each of its servers",
        source: "CreateSnapshot (SDK 4.0.0)",
    },
    images: {
        name: "alibaba.swas.images",
        value: 15,
        what: "custom images of an account in all regions; the sources disagree about the scope",
        source: "CreateCustomImage (SDK 4.0.0)",
    },
    imagesPerServer: {
        name: "alibaba.swas.imagesPerServer",
        value: 3,
        what: "custom images of an account for each of its servers",
        source: "CreateCustomImage (SDK 4.0.0)",
    },
    parallelCopies: {
        name: "alibaba.swas.parallelCopies",
        value: 5,
        what: "custom image copies that run at once to a region of an account; further copies wait",
        source: "CopyImage of ECS (SDK 7.11.6), by analogy",
    },
    shareAccounts: {
        name: "alibaba.swas.shareAccounts",
        value: 10,
        what: "accounts that a custom image can be shared with",
        source: "product-overview/limits",
    },
} as const satisfies Record<string, Quota>;

function countOf<T>(caller: Caller, kind: Kind<T>): number {
    return caller.sim.registry.list("alibaba", kind, caller.account).length;
}

function accountLimit(caller: Caller, perServer: Quota, most: Quota): number {
    const { quotas } = caller.sim;
    return Math.min(quotas.of(perServer) * countOf(caller, serverKind), quotas.of(most));
}

export function checkServerQuota(caller: Caller, amount: number): void {
    const limit = caller.sim.quotas.of(swasQuotas.servers);
    if (caller.store.list(serverKind).length + amount > limit) throw apiError(swasRules.serverQuota);
}

export function checkSnapshotQuota(caller: Caller, serverId: string): void {
    const own = caller.store.list<Snapshot>(snapshotKind).filter(({ value }) => value.serverId === serverId);
    const ofServer = caller.sim.quotas.of(swasQuotas.snapshotsPerServer);
    if (own.length >= ofServer) {
        throw apiError(swasRules.snapshotQuota, { limit: ofServer, whom: `server ${serverId}` });
    }
    const limit = accountLimit(caller, swasQuotas.snapshotsPerServer, swasQuotas.snapshots);
    if (countOf(caller, snapshotKind) >= limit) throw apiError(swasRules.snapshotQuota, { limit, whom: "the account" });
}

/** Copies count as images of the account: images are counted over all regions. */
export function checkImageQuota(caller: Caller): void {
    const limit = accountLimit(caller, swasQuotas.imagesPerServer, swasQuotas.images);
    if (countOf(caller, customImageKind) >= limit) throw apiError(swasRules.imageQuota);
}

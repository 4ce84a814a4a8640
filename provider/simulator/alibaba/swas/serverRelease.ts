import { type Kind, kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { customImageKind, diskKind, serverKind, snapshotKind } from "./models";

/** Releases a server some time after its refund. */
export const serverReleased = kind<{ serverId: string }>("alibaba.server.released");

export function declareReleaseJobs(sim: Simulation): void {
    // A failed refund leaves the server unchanged.
    sim.onJob(serverReleased, ({ store, body, failure }) => {
        if (failure === undefined) release(store, body.serverId);
    });
}

/**
 * Deletes the server with its disks, its snapshots and the images created from it, whether shared or not
 * (CreateCustomImage and CreateSnapshot, SDK 4.0.0; that a refund deletes the snapshots is inferred). A copy in another
 * region is an independent image and is kept.
 */
export function release(store: RegionStore, serverId: string): void {
    store.delete(serverKind, serverId);
    releaseParts(store, diskKind, serverId);
    releaseParts(store, snapshotKind, serverId);
    releaseParts(store, customImageKind, serverId);
}

function releaseParts<T extends { readonly serverId: string }>(
    store: RegionStore,
    kind: Kind<T>,
    serverId: string,
): void {
    for (const { id, value } of store.list(kind)) {
        if (value.serverId === serverId) store.delete(kind, id);
    }
}

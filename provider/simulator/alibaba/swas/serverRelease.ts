import { type Kind, kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { customImageKind, diskKind, serverKind, snapshotKind } from "./models";

/** A server whose refund does not release it at once goes later. */
export const serverReleased = kind<{ serverId: string }>("alibaba.server.released");

export function declareReleaseJobs(sim: Simulation): void {
    // A refund that fails leaves the server as it is.
    sim.onJob(serverReleased, ({ store, body, failure }) => {
        if (failure === undefined) release(store, body.serverId);
    });
}

/**
 * Takes the server away and all that hangs on it: its disks, its snapshots, and the images made from it, shared or not
 * (CreateCustomImage and CreateSnapshot, SDK 4.0.0; that a refund takes the snapshots is inferred). A copy in another
 * region is an image of its own and stays.
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

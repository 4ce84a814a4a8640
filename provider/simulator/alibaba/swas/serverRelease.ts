import { type Kind, kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { customImageKind, diskKind, serverKind, snapshotKind } from "./holdings";

/** A server whose refund does not release it at once goes later. */
export const serverReleased = kind<{ serverId: string }>("alibaba.server.released");

export function declareReleaseJobs(sim: Simulation): void {
    // A refund that fails leaves the server as it is.
    sim.onJob(serverReleased, ({ shelf, body, failure }) => {
        if (failure === undefined) release(shelf, body.serverId);
    });
}

/**
 * Takes the server away and all that hangs on it: its disks, its snapshots, and the images made from it, shared or not
 * (CreateCustomImage and CreateSnapshot, SDK 4.0.0; that a refund takes the snapshots is inferred). A copy in another
 * region is an image of its own and stays.
 */
export function release(shelf: Shelf, serverId: string): void {
    shelf.delete(serverKind, serverId);
    releaseParts(shelf, diskKind, serverId);
    releaseParts(shelf, snapshotKind, serverId);
    releaseParts(shelf, customImageKind, serverId);
}

function releaseParts<T extends { readonly serverId: string }>(shelf: Shelf, kind: Kind<T>, serverId: string): void {
    for (const { id, value } of shelf.list(kind)) {
        if (value.serverId === serverId) shelf.delete(kind, id);
    }
}

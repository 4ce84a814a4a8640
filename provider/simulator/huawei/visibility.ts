import { kind } from "../core/kinds";
import type { RegionStore } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";

/** A new image, a new server, or a share (by memberKey) that lists do not show. */
const unlisted = kind<Record<string, never>>("huawei.unlisted", { isRecord: true });
const nowListed = kind<{ id: string }>("huawei.listed");
/** A new server that lookups by id do not show either. Calls that change it find it. */
const unshown = kind<Record<string, never>>("huawei.unshown", { isRecord: true });
const nowShown = kind<{ id: string }>("huawei.shown");

/**
 * Lists with a delay, as far as no source excludes it: an image is found by its id immediately, and appears in lists
 * only some time after its job has ended, so that a client sees a job with SUCCESS before lists show the image. Off by
 * default.
 */
export function hideFromLists(sim: Simulation, store: RegionStore, id: string): void {
    if (durationOf(sim, "listed") > 0) store.put(unlisted, id, {});
}

/** Makes lists show the object after the delay. It is a job, so that an automatic clock jumps to it. */
export function listLater(sim: Simulation, store: RegionStore, id: string): void {
    const lag = durationOf(sim, "listed");
    if (lag > 0) sim.schedule(nowListed, store.scope, lag, { id });
}

/** Like `hideFromLists` and `listLater`, for lookups by id. */
export function hideFromLookups(sim: Simulation, store: RegionStore, id: string): void {
    if (durationOf(sim, "shown") > 0) store.put(unshown, id, {});
}

export function showLater(sim: Simulation, store: RegionStore, id: string): void {
    const lag = durationOf(sim, "shown");
    if (lag > 0) sim.schedule(nowShown, store.scope, lag, { id });
}

export function declareListingJobs(sim: Simulation): void {
    sim.onJob(nowShown, ({ store, body, failure }) => {
        if (failure === undefined) store.delete(unshown, body.id);
    });
    // After a fault, lists never show the object.
    sim.onJob(nowListed, ({ store, body, failure }) => {
        if (failure === undefined) store.delete(unlisted, body.id);
    });
}

/** Whether a lookup by id shows the server. */
export const isShown = (store: RegionStore, id: string): boolean => store.get(unshown, id) === undefined;

/** Whether lists show the image, server or share. */
export const isListed = (store: RegionStore, id: string): boolean => store.get(unlisted, id) === undefined;

/** Whether lists hide any object of the project. */
export const isLagging = (store: RegionStore): boolean => store.all(unlisted).length > 0;

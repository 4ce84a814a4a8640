import { kind } from "../core/kinds";
import type { RegionStore } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";

/** A new image, server, or a share under memberKey, that lists do not show. */
const unlisted = kind<Record<string, never>>("huawei.unlisted", { isRecord: true });
const nowListed = kind<{ id: string }>("huawei.listed");
/** A new server that a lookup by its id does not show either; calls that change it reach it. */
const unshown = kind<Record<string, never>>("huawei.unshown", { isRecord: true });
const nowShown = kind<{ id: string }>("huawei.shown");

/**
 * Lists that lag, as far as no source denies them: an image is found under its id at once, and in lists only a while
 * after its job has ended, so that a client meets a job that says SUCCESS before any list shows the image. Off by default.
 */
export function hideFromLists(sim: Simulation, store: RegionStore, id: string): void {
    if (durationOf(sim, "listed") > 0) store.put(unlisted, id, {});
}

/** Lets lists show it when the lag is over; a step of the cloud, so that an automatic clock gets there. */
export function listLater(sim: Simulation, store: RegionStore, id: string): void {
    const lag = durationOf(sim, "listed");
    if (lag > 0) sim.schedule(nowListed, store.scope, lag, { id });
}

/** As `hideFromLists` and `listLater`, of what lookups by id show. */
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
    // With a fault it stays missing: "made, and never seen again".
    sim.onJob(nowListed, ({ store, body, failure }) => {
        if (failure === undefined) store.delete(unlisted, body.id);
    });
}

/** Whether a lookup by id shows the server. */
export const isShown = (store: RegionStore, id: string): boolean => store.get(unshown, id) === undefined;

/** Whether lists show the image, server or share. */
export const isListed = (store: RegionStore, id: string): boolean => store.get(unlisted, id) === undefined;

/** Whether lists hide anything of the project at all. */
export const isLagging = (store: RegionStore): boolean => store.all(unlisted).length > 0;

import { kind } from "../core/kinds";
import type { RegionStore } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";

/** A new object that lists do not show yet. The id is that of the object. */
const unlistedKind = kind<Record<string, never>>("alibaba.unlisted", { isRecord: true });
const nowListed = kind<{ id: string }>("alibaba.listed");

/**
 * Clouds are eventually consistent: lists may not show new images and instances for a short time
 * (docs/reference/ecs.md#instances; terraform-provider-alicloud polls for them). Their appearance is a job, so that an
 * automatic clock jumps to it.
 */
export function listLater(sim: Simulation, store: RegionStore, id: string): void {
    const lag = durationOf(sim, "listed");
    if (lag === 0) return;
    store.put(unlistedKind, id, {});
    sim.schedule(nowListed, store.scope, lag, { id });
}

export function declareListingJobs(sim: Simulation): void {
    // After a fault, lists never show the object.
    sim.onJob(nowListed, ({ store, body, failure }) => {
        if (failure === undefined) store.delete(unlistedKind, body.id);
    });
}

/** Whether lists hide any object of an account in a region. */
export function isAnythingUnlisted(store: RegionStore): boolean {
    return store.all(unlistedKind).length > 0;
}

/** Returns a function that says whether lists show the object with an id, for one account and region. */
export function listedOn(store: RegionStore): (id: string) => boolean {
    const unlisted = new Set(store.list(unlistedKind).map(({ id }) => id));
    return (id) => !unlisted.has(id);
}

import { kind } from "../core/kinds";
import type { RegionStore } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";

/** A new object that lists do not show yet; the id is the object's. */
const unlistedKind = kind<Record<string, never>>("alibaba.unlisted", { isRecord: true });
const nowListed = kind<{ id: string }>("alibaba.listed");

/**
 * Clouds are not consistent at once: fresh images and instances may be missing from lists for a short time
 * (docs/reference/ecs.md#instances; terraform-provider-alicloud polls for them). That they appear is a step of the
 * cloud, so that an automatic clock, which goes from step to step, gets there.
 */
export function listLater(sim: Simulation, store: RegionStore, id: string): void {
    const lag = durationOf(sim, "listed");
    if (lag === 0) return;
    store.put(unlistedKind, id, {});
    sim.schedule(nowListed, store.scope, lag, { id });
}

export function declareListingJobs(sim: Simulation): void {
    // With a fault the object stays missing: "created, and never seen again".
    sim.onJob(nowListed, ({ store, body, failure }) => {
        if (failure === undefined) store.delete(unlistedKind, body.id);
    });
}

/** Whether lists leave anything of an account in a region out. */
export function isAnythingUnlisted(store: RegionStore): boolean {
    return store.all(unlistedKind).length > 0;
}

/** Tells of the ids of an account's objects in a region whether lists show them. */
export function listedOn(store: RegionStore): (id: string) => boolean {
    const unlisted = new Set(store.list(unlistedKind).map(({ id }) => id));
    return (id) => !unlisted.has(id);
}

import { kind } from "../core/kinds";
import type { Shelf } from "../core/objects";
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
export function listLater(sim: Simulation, shelf: Shelf, id: string): void {
    const lag = durationOf(sim, "listed");
    if (lag === 0) return;
    shelf.put(unlistedKind, id, {});
    sim.schedule(nowListed, shelf.scope, lag, { id });
}

export function declareListingJobs(sim: Simulation): void {
    // With a fault the object stays missing: "created, and never seen again".
    sim.onJob(nowListed, ({ shelf, body, failure }) => {
        if (failure === undefined) shelf.delete(unlistedKind, body.id);
    });
}

/** Whether lists leave anything of an account in a region out. */
export function isAnythingUnlisted(shelf: Shelf): boolean {
    return shelf.all(unlistedKind).length > 0;
}

/** Tells of the ids of an account's objects in a region whether lists show them. */
export function listedOn(shelf: Shelf): (id: string) => boolean {
    const unlisted = new Set(shelf.list(unlistedKind).map(({ id }) => id));
    return (id) => !unlisted.has(id);
}

import { kind } from "../core/kinds";
import type { Shelf } from "../core/objects";
import type { Simulation } from "../core/simulation";
import { durationOf } from "./durations";

/** A new image, or a share under memberKey, that lists of images do not show. */
const unlisted = kind<Record<string, never>>("huawei.unlisted", { isRecord: true });
const nowListed = kind<{ id: string }>("huawei.listed");

/**
 * Lists that lag, as far as no source denies them: an image is found under its id at once, and in lists only a while
 * after its job has ended, so that a client meets a job that says SUCCESS before any list shows the image. Off by default.
 */
export function hideFromLists(sim: Simulation, shelf: Shelf, id: string): void {
    if (durationOf(sim, "listed") > 0) shelf.put(unlisted, id, {});
}

/** Lets lists show it when the lag is over; a step of the cloud, so that an automatic clock gets there. */
export function listLater(sim: Simulation, shelf: Shelf, id: string): void {
    const lag = durationOf(sim, "listed");
    if (lag > 0) sim.schedule(nowListed, shelf.scope, lag, { id });
}

export function declareListingJobs(sim: Simulation): void {
    // With a fault it stays missing: "made, and never seen again".
    sim.onJob(nowListed, ({ shelf, body, failure }) => {
        if (failure === undefined) shelf.delete(unlisted, body.id);
    });
}

/** Whether lists show the image or share. */
export const isListed = (shelf: Shelf, id: string): boolean => shelf.get(unlisted, id) === undefined;

/** Whether lists hide anything of the project at all. */
export const isLagging = (shelf: Shelf): boolean => shelf.all(unlisted).length > 0;

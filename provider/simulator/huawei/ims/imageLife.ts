import { kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { images } from "../holdings/image";
import { type JobOrder, openJob, type Problem, settleJob } from "../jobs/jobs";
import { hideFromLists, listLater } from "../visibility";
import { imageRules } from "./imageRules";

/** What every image goes through, whatever it is made from: ordered, listed, active or killed. */

/** An image that is being made, from the request on: its row comes later. */
export const imageOrders = kind<{ readonly jobId: string }>("huawei.imageOrder", { isRecord: true });

/** What the steps of its making know. */
export interface ImageWork {
    readonly jobId: string;
    readonly imageId: string;
}

export function orderImage(sim: Simulation, shelf: Shelf, order: Omit<JobOrder, "service">): ImageWork {
    const job = openJob(sim, shelf, { ...order, service: "ims" });
    const imageId = sim.ids.uuid();
    shelf.put(imageOrders, imageId, { jobId: job.id });
    hideFromLists(sim, shelf, imageId);
    return { jobId: job.id, imageId };
}

/** An image whose deletion was accepted stays as it is. */
export function activate(sim: Simulation, shelf: Shelf, imageId: string): void {
    if (shelf.get(images, imageId)?.status === "deleted") return;
    const now = sim.clock.now();
    shelf.change(images, imageId, { status: "active", activeAt: now, updatedAt: now });
}

/** Ends the making of an image and its job; after a failure its row stays, as `killed`, for the user to delete. */
export function endImage(
    sim: Simulation,
    shelf: Shelf,
    { imageId, jobId }: ImageWork,
    problem: Problem | undefined,
): void {
    shelf.delete(imageOrders, imageId);
    const status = shelf.get(images, imageId)?.status;
    if (status !== "deleted") {
        if (problem !== undefined) shelf.change(images, imageId, { status: "killed", updatedAt: sim.clock.now() });
        else if (status !== "active") activate(sim, shelf, imageId);
    }
    settleJob(sim, shelf, jobId, problem);
    listLater(sim, shelf, imageId);
}

/** Gives the making of an image up because it is deleted; what its steps have begun goes on, and its backup stays. */
export function cancelImage(sim: Simulation, shelf: Shelf, { imageId, jobId }: ImageWork): void {
    shelf.delete(imageOrders, imageId);
    settleJob(sim, shelf, jobId, imageRules.deletedMeanwhile);
}

/** A tenth of a system disk is taken to be in use. */
export const usedBytes = (systemDiskGiB: number): number => Math.round((systemDiskGiB * 1024 ** 3) / 10);

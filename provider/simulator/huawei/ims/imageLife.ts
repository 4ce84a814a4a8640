import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { finishJob, type JobOrder, openJob, type Problem } from "../jobs/jobs";
import { images } from "../models/image";
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

export function orderImage(sim: Simulation, store: RegionStore, order: Omit<JobOrder, "service">): ImageWork {
    const job = openJob(sim, store, { ...order, service: "ims" });
    const imageId = sim.ids.uuid();
    store.put(imageOrders, imageId, { jobId: job.id });
    hideFromLists(sim, store, imageId);
    return { jobId: job.id, imageId };
}

/** An image whose deletion was accepted stays as it is. */
export function activate(sim: Simulation, store: RegionStore, imageId: string): void {
    if (store.get(images, imageId)?.status === "deleted") return;
    const now = sim.clock.now();
    store.change(images, imageId, { status: "active", activeAt: now, updatedAt: now });
}

/** Ends the making of an image and its job; after a failure its row stays, as `killed`, for the user to delete. */
export function endImage(
    sim: Simulation,
    store: RegionStore,
    { imageId, jobId }: ImageWork,
    problem: Problem | undefined,
): void {
    store.delete(imageOrders, imageId);
    const status = store.get(images, imageId)?.status;
    if (status !== "deleted") {
        if (problem !== undefined) store.change(images, imageId, { status: "killed", updatedAt: sim.clock.now() });
        else if (status !== "active") activate(sim, store, imageId);
    }
    finishJob(sim, store, jobId, problem);
    listLater(sim, store, imageId);
}

/** Gives the making of an image up because it is deleted; what its steps have begun goes on, and its backup stays. */
export function cancelImage(sim: Simulation, store: RegionStore, { imageId, jobId }: ImageWork): void {
    store.delete(imageOrders, imageId);
    finishJob(sim, store, jobId, imageRules.deletedMeanwhile);
}

/** A tenth of a system disk is taken to be in use. */
export const usedBytes = (systemDiskGiB: number): number => Math.round((systemDiskGiB * 1024 ** 3) / 10);

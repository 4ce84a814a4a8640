import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { finishJob, type JobOrder, openJob, type Problem } from "../jobs/jobs";
import { images } from "../models/image";
import { hideFromLists, listLater } from "../visibility";
import { imageRules } from "./imageRules";

/** The states of every image, whatever its source: ordered, listed, active or killed. */

/** An image that is being created, from the request on. Its row appears later. */
export const imageOrders = kind<{ readonly jobId: string }>("huawei.imageOrder", { isRecord: true });

/** The data of the creation steps. */
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

/** Activates an image, unless its deletion was accepted. */
export function activate(sim: Simulation, store: RegionStore, imageId: string): void {
    if (store.get(images, imageId)?.status === "deleted") return;
    const now = sim.clock.now();
    store.change(images, imageId, { status: "active", activeAt: now, updatedAt: now });
}

/** Ends the creation of an image and its job. After a failure, its row stays as `killed` until the user deletes it. */
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

/** Aborts the creation of an image because it is deleted. The started steps continue, and its backup is kept. */
export function cancelImage(sim: Simulation, store: RegionStore, { imageId, jobId }: ImageWork): void {
    store.delete(imageOrders, imageId);
    finishJob(sim, store, jobId, imageRules.deletedMeanwhile);
}

/** Assumption: a tenth of a system disk is used. */
export const usedBytes = (systemDiskGiB: number): number => Math.round((systemDiskGiB * 1024 ** 3) / 10);

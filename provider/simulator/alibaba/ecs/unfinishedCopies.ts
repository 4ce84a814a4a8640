import type { Simulation } from "../../core/simulation";
import { type EcsImage, ecsImageKind } from "./models";

/** Whether it is a copy that is not there yet. */
export function isUnfinished({ status }: EcsImage): boolean {
    return status === "Waiting" || status === "Creating";
}

/** Whether any account copies the image, wherever to: who it is shared with may do so too. */
export function isBeingCopied(sim: Simulation, imageId: string): boolean {
    return sim.registry
        .list("alibaba", ecsImageKind)
        .some(({ value }) => value.copyOf.imageId === imageId && isUnfinished(value));
}

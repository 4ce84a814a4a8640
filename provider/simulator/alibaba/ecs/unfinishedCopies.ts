import type { Simulation } from "../../core/simulation";
import { type EcsImage, ecsImageKind } from "./models";

/** Whether the image is an unfinished copy. */
export function isUnfinished({ status }: EcsImage): boolean {
    return status === "Waiting" || status === "Creating";
}

/** Whether any account is copying the image to any region. Accounts that it is shared with can also copy it. */
export function isBeingCopied(sim: Simulation, imageId: string): boolean {
    return sim.registry
        .list("alibaba", ecsImageKind)
        .some(({ value }) => value.copyOf.imageId === imageId && isUnfinished(value));
}

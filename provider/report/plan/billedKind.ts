import { type BilledPart, billedPartOf } from "../../clouds/billing";
import { cloudOf, isImage } from "./facts";
import type { PlannedChange } from "./plan";

/** Whether an image costs nothing to keep. */
export const isFree = (change: PlannedChange): boolean => isImage(change) && keptKind(change) === undefined;

/** The billed part of an image; undefined if it is free. */
export function keptKind(change: PlannedChange): BilledPart | undefined {
    if (!isImage(change)) return undefined;
    if (change.type === "FullEcsImage") return billedPartOf["full-ecs"];
    if (cloudOf(change).type === "huawei") return billedPartOf.system;
    return change.type === "EcsImage" ? billedPartOf.ecs : billedPartOf.custom;
}

import { type BilledPart, billedPartOf } from "../../clouds/billing";
import { cloudOf, isImage } from "./facts";
import type { PlannedChange } from "./plan";

/** Whether it costs nothing to keep. */
export const isFree = (change: PlannedChange): boolean => isImage(change) && keptKind(change) === undefined;

/** What of an image is billed; undefined when nothing is. */
export function keptKind(change: PlannedChange): BilledPart | undefined {
    if (!isImage(change)) return undefined;
    if (change.type === "FullEcsImage") return billedPartOf["full-ecs"];
    if (cloudOf(change).type === "huawei") return billedPartOf.system;
    return change.type === "EcsImage" ? billedPartOf.ecs : billedPartOf.custom;
}

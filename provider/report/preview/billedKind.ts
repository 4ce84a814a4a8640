import { childrenOf, cloudOf, isImage } from "./facts";
import type { PlannedChange } from "./plan";

/** Whether it costs nothing to keep. */
export const isFree = (change: PlannedChange): boolean => isImage(change) && keptKind(change) === undefined;

/** What of an image is billed; undefined when nothing is. */
export function keptKind(change: PlannedChange): "image" | "snapshot" | "backup" | undefined {
    if (!isImage(change)) return undefined;
    if (change.type === "FullEcsImage") return "backup";
    if (cloudOf(change).type === "huawei") return "image";
    return change.type === "EcsImage" ? childrenOf(change).kind : undefined;
}

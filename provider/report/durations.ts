import { expectedMs } from "../lifecycle/expectedDurations";
import { isEcsInstance } from "../lifecycle/systemDisks/openServer";
import { limitOf } from "../lifecycle/timeouts";
import { cloudOf, textAt } from "./facts";
import type { Act } from "./order";

/** Seconds, at least and at most. */
export type Range = readonly [least: number, most: number];

/** How long an act usually takes, ms; undefined when there is no figure: shares, updates, deletions. */
function usualMs({ change, does }: Act): number | undefined {
    const isWipe = change.type === "SystemDiskReplacement";
    if (does === "delete" || (does === "update" && !isWipe)) return undefined;
    const inputs = change.news?.inputs;
    const isHuawei = cloudOf(change).type === "huawei";
    switch (change.type) {
        case "CustomImage": {
            const isOfServer = typeof inputs?.source === "object" && "server" in Object(inputs.source);
            if (isHuawei) return expectedMs.systemImage;
            return expectedMs.swasImage + (isOfServer ? expectedMs.swasSnapshot : 0);
        }
        case "ImageCopy":
            return expectedMs.swasImageCopy;
        case "EcsImage":
            return textAt(inputs, "to") === undefined ? expectedMs.ecsImageCopyInRegion : expectedMs.ecsImageCopy;
        case "FullEcsImage":
            return expectedMs.fullEcsImage;
        case "SimpleServer":
            return expectedMs.swasServer;
        case "EcsInstance":
            return expectedMs.ecsInstance;
        case "HuaweiServer":
            return expectedMs.huaweiServer;
        case "SystemDiskReplacement":
            if (isHuawei) return expectedMs.huaweiChangeOs;
            return isEcsInstance(textAt(inputs, "server") ?? "") ? expectedMs.ecsSystemDisk : expectedMs.swasReset;
        default:
            return undefined;
    }
}

/** A pause takes what it says, after a change of what comes before it. */
function pauseSeconds({ change, does }: Act): number | undefined {
    const isAfterChange = change.differences.some(({ path, kind }) => path.startsWith("after") && kind === "changed");
    if (change.type !== "RolloutPause" || does !== "update" || !isAfterChange) return undefined;
    return limitOf(textAt(change.news?.inputs, "pause"), "0s") / 1000;
}

/** From half of what is usual to twice that: the figures are single measurements and estimates. */
export function durationOf(act: Act): Range | undefined {
    const seconds = pauseSeconds(act);
    if (seconds !== undefined) return [seconds, seconds];
    const usual = usualMs(act);
    return usual === undefined ? undefined : [usual / 2000, (usual * 2) / 1000];
}

/** The longest way through the acts, for the engine does side by side what does not wait; undefined without a figure. */
export function longestWay(acts: readonly Act[]): Range | undefined {
    const ends = new Map<Act, Range>();
    let last: Range = [0, 0];
    for (const act of acts) {
        const [least, most] = durationOf(act) ?? [0, 0];
        const before = act.waitsFor.flatMap((other) => [ends.get(other) ?? ([0, 0] as const)]);
        const end: Range = [
            least + Math.max(0, ...before.map(([earliest]) => earliest)),
            most + Math.max(0, ...before.map(([, latest]) => latest)),
        ];
        ends.set(act, end);
        last = [Math.max(last[0], end[0]), Math.max(last[1], end[1])];
    }
    return last[1] > 0 ? last : undefined;
}

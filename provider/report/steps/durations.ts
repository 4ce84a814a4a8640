import { isEcsInstance } from "../../reconcile/disks/openServer";
import { expectedMs } from "../../reconcile/polling/expectedDurations";
import { limitOf } from "../../reconcile/polling/timeouts";
import { cloudOf, isServer, isWithProjects, textAt } from "../plan/facts";
import { type History, historyKey } from "./history";
import type { PlannedAction } from "./order";

/** Seconds. */
export type Range = readonly [least: number, most: number];

/** How long a step takes, and where the figure comes from. */
export interface Duration {
    range: Range;
    /** "history": event logs of earlier runs; "measured": published measurements; "exact": set in the program. */
    basis: "history" | "measured" | "estimate" | "exact";
}

// Durations of whole acceptance tests, which do little besides the operation
// (docs/reference/image-lifecycle.md#published-durations).
const measuredFullEcsImage: Range = [418, 702];
/** The difference between a test that creates and shares an image and one that only creates it. */
const measuredProjectShare: Range = [14, 25];

/** Seconds. No figure is published for these. */
const estimates = { share: 10, accept: 10, imageDeletion: 20, serverDeletion: 30 };

/** @param history durations of earlier runs; they take precedence over all other figures */
export function durationOf(action: PlannedAction, history: History): Duration | undefined {
    const { change } = action;
    if (change.type === "RolloutPause") return pauseOf(action);
    const own = history.get(historyKey(action));
    if (own) return { range: own.range, basis: "history" };
    if (change.type === "FullEcsImage" && action.operation === "create") {
        return { range: measuredFullEcsImage, basis: "measured" };
    }
    if (change.type === "ImageShare") return shareDuration(action);
    const usual = action.operation === "delete" ? deletionSeconds(action) : writeSeconds(action);
    if (usual === undefined) return undefined;
    const isMeasured =
        change.type === "CustomImage" && action.operation === "create" && cloudOf(change).type === "huawei";
    // A single measurement or an estimate becomes a range from half of it to twice it.
    return { range: [usual / 2, usual * 2], basis: isMeasured ? "measured" : "estimate" };
}

/** A pause lasts as long as it says, if what it follows changes; otherwise it is skipped. */
function pauseOf({ change, operation }: PlannedAction): Duration | undefined {
    const isAfterChange = change.differences.some(({ path, kind }) => path.startsWith("after") && kind === "changed");
    if (operation !== "update" || !isAfterChange) return undefined;
    const seconds = limitOf(textAt(change.news?.inputs, "pause"), "0s") / 1000;
    return { range: [seconds, seconds], basis: "exact" };
}

function shareDuration({ change, operation }: PlannedAction): Duration {
    const properties = (operation === "delete" ? change.olds?.outputs : change.news?.inputs) ?? {};
    const accepts = Array.isArray(properties.accept) && operation !== "delete" ? properties.accept.length : 0;
    if (isWithProjects(properties) && operation !== "delete" && accepts === 0) {
        return { range: measuredProjectShare, basis: "measured" };
    }
    const usual = estimates.share + accepts * estimates.accept;
    return { range: [usual / 2, usual * 2], basis: "estimate" };
}

function deletionSeconds({ change }: PlannedAction): number | undefined {
    if (change.type === "SystemDiskReplacement") return undefined;
    return isServer(change) ? estimates.serverDeletion : estimates.imageDeletion;
}

/** How long a creation or a system disk replacement usually takes. Other updates take only as long as their calls. */
function writeSeconds({ change, operation }: PlannedAction): number | undefined {
    if (operation === "update" && change.type !== "SystemDiskReplacement") return undefined;
    const ms = writeMs(change.type, change.news?.inputs, cloudOf(change).type === "huawei");
    return ms === undefined ? undefined : ms / 1000;
}

function writeMs(
    type: string,
    inputs: Readonly<Record<string, unknown>> | undefined,
    isHuawei: boolean,
): number | undefined {
    switch (type) {
        case "CustomImage": {
            const isOfServer = typeof inputs?.source === "object" && "server" in Object(inputs.source);
            if (isHuawei) return expectedMs.systemImage;
            return expectedMs.swasImage + (isOfServer ? expectedMs.swasSnapshot : 0);
        }
        case "ImageCopy":
            return expectedMs.swasImageCopy;
        case "EcsImage":
            return textAt(inputs, "to") === undefined ? expectedMs.ecsImageCopyInRegion : expectedMs.ecsImageCopy;
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

/**
 * The duration of the critical path: the engine runs actions in parallel unless one waits for another. Undefined if no
 * duration is known.
 *
 * @param ranges the duration of each action, in the same order
 */
export function criticalPath(
    actions: readonly PlannedAction[],
    ranges: readonly (Range | undefined)[],
): Range | undefined {
    const ends = new Map<PlannedAction, Range>();
    let last: Range = [0, 0];
    for (const [index, action] of actions.entries()) {
        const [least, most] = ranges[index] ?? [0, 0];
        const before = action.waitsFor.flatMap((other) => [ends.get(other) ?? ([0, 0] as const)]);
        const end: Range = [
            least + before.reduce((latest, [earliest]) => Math.max(latest, earliest), 0),
            most + before.reduce((latest, [, end]) => Math.max(latest, end), 0),
        ];
        ends.set(action, end);
        last = [Math.max(last[0], end[0]), Math.max(last[1], end[1])];
    }
    return last[1] > 0 ? last : undefined;
}

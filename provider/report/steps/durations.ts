import { isEcsInstance } from "../../reconcile/disks/openServer";
import { expectedMs } from "../../reconcile/polling/expectedDurations";
import { limitOf } from "../../reconcile/polling/timeouts";
import { cloudOf, isServer, recipientsOf, textAt } from "../plan/facts";
import { type History, historyKey } from "./history";
import type { PlannedAction } from "./order";

/** Seconds, at least and at most. */
export type Range = readonly [least: number, most: number];

/** How long a step takes, and how that is known. */
export interface Duration {
    range: Range;
    /** "history": earlier runs of this stack; "measured": published runs of others; "exact": the program says so. */
    basis: "history" | "measured" | "estimate" | "exact";
}

// Times of whole acceptance tests, so of the operation and a little more
// (docs/reference/image-lifecycle.md#published-durations).
const measuredFullEcsImage: Range = [418, 702];
/** Of a test that also makes the image: what it takes longer than the one that only does that. */
const measuredProjectShare: Range = [14, 25];

/** Seconds that nobody has published a figure for. */
const estimates = { share: 10, accept: 10, imageDeletion: 20, serverDeletion: 30 };

/** @param history how long the same took in earlier runs, which counts more than any other figure */
export function durationOf(action: PlannedAction, history: History): Duration | undefined {
    const { change } = action;
    if (change.type === "RolloutPause") return pauseOf(action);
    const own = history.get(historyKey(action));
    if (own) return { range: own.range, basis: "history" };
    if (change.type === "FullEcsImage" && action.does === "create") {
        return { range: measuredFullEcsImage, basis: "measured" };
    }
    if (change.type === "ImageShare") return shareDuration(action);
    const usual = action.does === "delete" ? deletionSeconds(action) : makingSeconds(action);
    if (usual === undefined) return undefined;
    const isMeasured = change.type === "CustomImage" && action.does === "create" && cloudOf(change).type === "huawei";
    // From half of what is usual to twice that: single measurements and estimates.
    return { range: [usual / 2, usual * 2], basis: isMeasured ? "measured" : "estimate" };
}

/** A pause takes what it says, after a change of what comes before it. */
function pauseOf({ change, does }: PlannedAction): Duration | undefined {
    const isAfterChange = change.differences.some(({ path, kind }) => path.startsWith("after") && kind === "changed");
    if (does !== "update" || !isAfterChange) return undefined;
    const seconds = limitOf(textAt(change.news?.inputs, "pause"), "0s") / 1000;
    return { range: [seconds, seconds], basis: "exact" };
}

function shareDuration({ change, does }: PlannedAction): Duration {
    const properties = (does === "delete" ? change.olds?.outputs : change.news?.inputs) ?? {};
    const accepts = Array.isArray(properties.accept) && does !== "delete" ? properties.accept.length : 0;
    const isWithProjects =
        recipientsOf(properties).some((recipient) => recipient.startsWith("project ")) || accepts > 0;
    if (isWithProjects && does !== "delete" && accepts === 0) {
        return { range: measuredProjectShare, basis: "measured" };
    }
    const usual = estimates.share + accepts * estimates.accept;
    return { range: [usual / 2, usual * 2], basis: "estimate" };
}

function deletionSeconds({ change }: PlannedAction): number | undefined {
    if (change.type === "SystemDiskReplacement") return undefined;
    return isServer(change) ? estimates.serverDeletion : estimates.imageDeletion;
}

/** What making or wiping usually takes; updates in place are as fast as their calls. */
function makingSeconds({ change, does }: PlannedAction): number | undefined {
    if (does === "update" && change.type !== "SystemDiskReplacement") return undefined;
    const ms = makingMs(change.type, change.news?.inputs, cloudOf(change).type === "huawei");
    return ms === undefined ? undefined : ms / 1000;
}

function makingMs(
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
 * The longest way through the acts, for the engine does side by side what does not wait; undefined without a figure.
 *
 * @param ranges how long each takes, in the same order
 */
export function longestWay(
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

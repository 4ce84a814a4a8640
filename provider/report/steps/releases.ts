import { z } from "zod";
import { protectedFromDeletion } from "../../pulumi/dynamic/commonOptions";
import { leavingError } from "../../pulumi/dynamic/deletionErrors";
import { type Dependents, planRelease } from "../../reconcile/deletionPlan";
import { refundNeeded } from "../../reconcile/servers/withoutRefund";
import {
    childrenOf,
    isImage,
    isProtected,
    keptVersions,
    onDeleteOf,
    previousVersionsOf,
    recipientsOf,
    textAt,
} from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import type { PlannedAction } from "./order";
import type { Past } from "./past";

/** How a resource goes, told before it does. */
export interface PlannedRelease {
    parts: string[];
    staysBehind: string[];
    /** Why it is going to fail. */
    blockedBy?: string;
    /** True when the object stays. */
    isKept?: boolean;
}

/** What the deletion of a resource comes to, by the planner that the deletion itself uses. */
export function plannedRelease(action: PlannedAction, held: Dependents | undefined, past: Past): PlannedRelease {
    const { change } = action;
    const isReplacement = isKnownReplacement(action);
    const { id = "" } = change.olds ?? {};
    const none: PlannedRelease = { parts: [], staysBehind: [] };
    const blocked = (error: unknown) => ({ ...none, blockedBy: whyBlocked(error, change) });
    const keeps = isImage(change) && isReplacement && keptVersions(change) > 0;
    if (isProtected(change) && !keeps) return blocked(protectedFromDeletion(id));
    if (change.type === "SimpleServer") {
        if (onDeleteOf(change).refund) return { ...none, parts: ["giving the server back for a refund"] };
        return blocked(refundNeeded({ id, name: textAt(change.olds?.outputs, "serverName") ?? change.name }));
    }
    if (change.type === "HuaweiServer" && onDeleteOf(change).dataDisks === "retain") {
        return { ...none, staysBehind: [`the data disks of server ${change.olds?.id}`] };
    }
    if (!isImage(change)) return none;
    if (keeps) return keptAsVersion(action);
    return held ? releaseOfImage(action, held, past) : none;
}

/** Why a deletion is refused, in the words of the error that ends `up`. */
export function whyBlocked(error: unknown, { operation, isPendingDeletion, olds, urn }: PlannedChange): string {
    const isFinal = operation === "delete" && !isPendingDeletion;
    const shown = isFinal ? leavingError(error, { id: olds?.id ?? "", urn, isAmbiguous: false }) : error;
    return shown instanceof Error ? shown.message : String(shown);
}

/** What an update takes away and adds, besides what the differences say: earlier versions, and who sees an image. */
export function partsOfUpdate({ change }: PlannedAction): string[] {
    if (change.type === "ImageShare") {
        // Who accepts is known of the old share only: those count as the same.
        const before = recipientsOf(change.olds?.inputs);
        const after = recipientsOf(change.news?.inputs);
        return [
            ...before.filter((one) => !after.includes(one)).map((one) => `unsharing from ${one}`),
            ...after.filter((one) => !before.includes(one)).map((one) => `sharing with ${one}`),
        ];
    }
    const wanted = z.number().catch(0).parse(change.news?.inputs.keepVersions);
    if (!isImage(change) || wanted >= keptVersions(change)) return [];
    const pushedOut = previousVersionsOf(change).slice(wanted);
    return pushedOut.map((id) => `${versionGoes(change, id)}, unless something uses it`);
}

/**
 * Whether the deletion can know that a successor comes. What goes before something that it depends on goes before the
 * program has asked for it: it is deleted as if it had left the program, with its versions.
 */
const isKnownReplacement = ({ isReplacement, isForced }: PlannedAction) => isReplacement && !isForced;

function versionGoes(change: PlannedChange, id: string): string {
    const isAlone = onDeleteOf(change).children === "retain";
    return `deleting the earlier version ${id}${isAlone ? "" : " with what was made for it"}`;
}

function keptAsVersion({ change }: PlannedAction): PlannedRelease {
    const count = keptVersions(change);
    const pushedOut = previousVersionsOf(change).slice(count - 1);
    return {
        parts: [
            "keeping the image as an earlier version",
            ...pushedOut.map((id) => `${versionGoes(change, id)}, unless something uses it`),
        ],
        staysBehind: [`image ${change.olds?.id} as an earlier version, with what was made for it`],
        isKept: true,
    };
}

function releaseOfImage(action: PlannedAction, held: Dependents, past: Past): PlannedRelease {
    const { change } = action;
    const isReplacement = isKnownReplacement(action);
    const policy = onDeleteOf(change);
    const { kind, ids } = childrenOf(change);
    const retained = policy.children === "retain" ? ids.map((id) => `${kind} ${id} of ${held.what}`) : [];
    try {
        const { steps, kept } = planRelease(afterwards(held, change.olds?.id, past), policy);
        if (kept !== undefined) {
            return { parts: [kept], staysBehind: [held.what, ...ids.map((id) => `its ${kind} ${id}`)], isKept: true };
        }
        const versions = previousVersionsOf(change).map((id) => versionGoes(change, id));
        return {
            parts: [
                ...versions.map((what) => (isReplacement ? `${what}, unless something uses it` : what)),
                ...steps.map(({ what }) => what),
            ],
            staysBehind: retained,
        };
    } catch (error) {
        return { parts: [], staysBehind: [], blockedBy: whyBlocked(error, change) };
    }
}

/** What still hangs on an image when the acts before its deletion are done. */
const afterwards = (held: Dependents, image: string | undefined, past: Past): Dependents => ({
    ...held,
    users: held.users.filter((user) => !past.isDeleted(user) && !past.hasMoved(user, image)),
    shares: held.shares.filter(({ recipient }) => !past.isUnshared(recipient, image)),
});

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

/** A child or an earlier version of an image that a step deletes together with the image. */
export interface DeletedWith {
    kind: "snapshot" | "backup" | "version";
    id: string;
}

/** What a step will do to the resource's object and to what belongs to it. */
export interface PlannedRelease {
    parts: string[];
    deletes?: DeletedWith[];
    unshares?: string[];
    staysBehind: string[];
    /** Why it will fail. */
    blockedBy?: string;
    /** True if the object stays. */
    isKept?: boolean;
}

/** The deletion of a resource, planned by the code that carries it out. */
export function plannedRelease(action: PlannedAction, held: Dependents | undefined, past: Past): PlannedRelease {
    const { change } = action;
    const isReplacement = isKnownReplacement(action);
    const { id = "" } = change.olds ?? {};
    const none: PlannedRelease = { parts: [], staysBehind: [] };
    const blocked = (error: unknown) => ({ ...none, blockedBy: whyBlocked(error, change) });
    const keeps = isImage(change) && isReplacement && keptVersions(change) > 0;
    if (isProtected(change) && !keeps) return blocked(protectedFromDeletion(id));
    if (change.type === "SimpleServer") {
        if (onDeleteOf(change).refund) return { ...none, parts: ["refunding (deleting) the server"] };
        return blocked(refundNeeded({ id, name: textAt(change.olds?.outputs, "serverName") ?? change.name }));
    }
    if (change.type === "HuaweiServer" && onDeleteOf(change).dataDisks === "retain") {
        return { ...none, staysBehind: [`the data disks of server ${change.olds?.id}`] };
    }
    if (!isImage(change)) return none;
    if (keeps) return keptAsVersion(action);
    return held ? releaseOfImage(action, held, past) : none;
}

/** Why a deletion is refused: the message of the error that will end `up`. */
export function whyBlocked(error: unknown, { operation, isPendingDeletion, olds, urn }: PlannedChange): string {
    const isFinal = operation === "delete" && !isPendingDeletion;
    const shown = isFinal ? leavingError(error, { id: olds?.id ?? "", urn, isAmbiguous: false }) : error;
    return shown instanceof Error ? shown.message : String(shown);
}

/** What an update does in addition to the differences: it deletes earlier versions, or changes who can use an image. */
export function plannedUpdate({ change }: PlannedAction): PlannedRelease {
    if (change.type === "ImageShare") {
        // Only the old share's outputs show which projects accepted, so this compares the inputs.
        const before = recipientsOf(change.olds?.inputs);
        const after = recipientsOf(change.news?.inputs);
        const unshares = before.filter((one) => !after.includes(one));
        return {
            parts: [
                ...unshares.map((one) => `unsharing from ${one}`),
                ...after.filter((one) => !before.includes(one)).map((one) => `sharing with ${one}`),
            ],
            unshares,
            staysBehind: [],
        };
    }
    const wanted = z.number().catch(0).parse(change.news?.inputs.keepVersions);
    if (!isImage(change) || wanted >= keptVersions(change)) return { parts: [], staysBehind: [] };
    const pushedOut = previousVersionsOf(change).slice(wanted);
    return { parts: unusedVersionParts(change, pushedOut), deletes: pushedOut.map(versionOf), staysBehind: [] };
}

/**
 * Whether the deletion knows that the object is replaced. An object that is deleted because something that it depends
 * on is replaced is deleted before the program declares its successor: as if it had left the program, with its
 * versions.
 */
const isKnownReplacement = ({ isReplacement, isForced }: PlannedAction) => isReplacement && !isForced;

const versionOf = (id: string): DeletedWith => ({ kind: "version", id });

function versionPart(change: PlannedChange, id: string): string {
    const { kind } = childrenOf(change);
    const withChildren = onDeleteOf(change).children === "retain" ? "" : ` and any ${kind} created for it`;
    return `deleting earlier version ${id}${withChildren}`;
}

const unusedVersionParts = (change: PlannedChange, ids: readonly string[]): string[] =>
    ids.map((id) => `${versionPart(change, id)}, unless a server uses it`);

function keptAsVersion({ change }: PlannedAction): PlannedRelease {
    const count = keptVersions(change);
    const pushedOut = previousVersionsOf(change).slice(count - 1);
    const { kind } = childrenOf(change);
    return {
        parts: ["keeping the image as an earlier version", ...unusedVersionParts(change, pushedOut)],
        deletes: pushedOut.map(versionOf),
        staysBehind: [`image ${change.olds?.id} as an earlier version, with any ${kind} created for it`],
        isKept: true,
    };
}

function releaseOfImage(action: PlannedAction, held: Dependents, past: Past): PlannedRelease {
    const { change } = action;
    const isReplacement = isKnownReplacement(action);
    const policy = onDeleteOf(change);
    const { kind, ids } = childrenOf(change);
    const children = ids.map((id) => `${kind} ${id} of ${held.what}`);
    try {
        const { steps, kept } = planRelease(afterwards(held, change.olds?.id, past), policy);
        if (kept !== undefined) return { parts: [kept], staysBehind: [held.what, ...children], isKept: true };
        const versions = previousVersionsOf(change);
        const deletedChildren = held.children.map(({ id, what }): DeletedWith => {
            return { kind, id: id ?? ids.find((recorded) => what.includes(recorded)) ?? what };
        });
        return {
            parts: [
                ...(isReplacement
                    ? unusedVersionParts(change, versions)
                    : versions.map((id) => versionPart(change, id))),
                ...steps.map(({ what }) => what),
            ],
            deletes: [...versions.map(versionOf), ...deletedChildren],
            staysBehind: policy.children === "retain" ? children : [],
        };
    } catch (error) {
        return { parts: [], staysBehind: [], blockedBy: whyBlocked(error, change) };
    }
}

/** The dependents that an image still has after the actions before its deletion. */
const afterwards = (held: Dependents, image: string | undefined, past: Past): Dependents => ({
    ...held,
    users: held.users.filter((user) => !past.isDeleted(user) && !past.hasMoved(user, image)),
    shares: held.shares.filter(({ recipient }) => !past.isUnshared(recipient, image)),
});

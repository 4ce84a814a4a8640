import type { Properties } from "../../pulumi/dynamic/plainJson";
import type { Dependents } from "../../reconcile/deletionPlan";
import {
    changesByImage,
    childrenOf,
    isImage,
    isServer,
    onDeleteOf,
    recipientsOf,
    regionOf,
    textAt,
    versionsPushedOut,
} from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import type { PlanPrice } from "./prices";

/** What hangs on each image that is replaced or deleted, by its URN, and where it was read. */
export interface KnownDependents {
    /** "cloud": as it is now. "state": as the preview has it, without what others did. */
    from: "cloud" | "state";
    /** Why the clouds were not asked. */
    reason?: string;
    byUrn: ReadonlyMap<string, Dependents>;
    /** Why an image could not be read, by its URN; what is said of it is then from the preview. */
    unread: ReadonlyMap<string, string>;
    /** The earlier versions that go, by the URN of their resource. */
    versions: ReadonlyMap<string, readonly KnownVersion[]>;
    /** What recipients made of a share that they have to accept, by the image's id and the recipient. */
    answers: ReadonlyMap<string, ReadonlyMap<string, string>>;
    /** Whose servers are that use an image, by their ids: "api of shop/prod". */
    owners: ReadonlyMap<string, string>;
    /** The outputs of what was read, as they are now, by URN. */
    now: ReadonlyMap<string, Properties>;
    /** What the clouds hold that the stack's state does not. */
    drift: readonly string[];
    prices: readonly PlanPrice[];
}

/** An earlier version of an image that a change lets go. */
export interface KnownVersion {
    id: string;
    /** Undefined when it was not read. */
    held?: Dependents;
}

const nothing = async () => {};

/** The images that a preview replaces or deletes. */
export function leavingImages(changes: readonly PlannedChange[]): { change: PlannedChange; id: string }[] {
    return changes.flatMap((change) => {
        const isFinalDelete = change.operation === "replace" || change.operation === "delete";
        const id = change.olds?.id;
        return isFinalDelete && isImage(change) && id !== undefined ? [{ change, id }] : [];
    });
}

/** From the preview alone: only what this stack's changes show. */
export function dependentsInState(changes: readonly PlannedChange[], reason: string): KnownDependents {
    const usersOf = changesByImage(changes);
    const byUrn = leavingImages(changes).map(({ change, id }): [string, Dependents] => {
        const using = usersOf.get(id) ?? [];
        const users = using.filter((other) => isServer(other) || other.type === "SystemDiskReplacement");
        const shares = using
            .filter(({ type }) => type === "ImageShare")
            .flatMap(({ olds }) => recipientsOf(olds?.outputs));
        const { kind, ids } = childrenOf(change);
        const retains = onDeleteOf(change).children === "retain";
        return [
            change.urn,
            {
                what: `image ${id} (${change.name}) in ${regionOf(change)}`,
                users: users.map(({ type, name, olds }) =>
                    type === "SystemDiskReplacement"
                        ? `server ${textAt(olds?.outputs, "server")} (${name})`
                        : `server ${olds?.id} (${name})`,
                ),
                unused: nothing,
                shares: [...new Set(shares)].map((recipient) => ({ recipient, remove: nothing })),
                deleteImage: nothing,
                children: retains ? [] : ids.map((child) => ({ what: `${kind} ${child}`, remove: nothing })),
            },
        ];
    });
    const versions = changes.flatMap((change): [string, KnownVersion[]][] => {
        const ids = versionsPushedOut(change);
        return ids.length > 0 ? [[change.urn, ids.map((id) => ({ id }))]] : [];
    });
    return {
        from: "state",
        reason,
        byUrn: new Map(byUrn),
        unread: new Map(),
        versions: new Map(versions),
        answers: new Map(),
        owners: new Map(),
        now: new Map(),
        drift: [],
        prices: [],
    };
}

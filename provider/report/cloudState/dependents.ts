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

/** The dependents of each image that is replaced or deleted, and where they were read. */
export interface KnownDependents {
    /** "cloud": as they are now. "state": as the preview shows them, without what others did. */
    from: "cloud" | "state";
    /** Why the clouds were not read. */
    reason?: string;
    byUrn: ReadonlyMap<string, Dependents>;
    /** Why an image could not be read, by its URN. Its dependents are then from the preview. */
    unread: ReadonlyMap<string, string>;
    /** The earlier versions that are deleted, by the URN of their resource. */
    versions: ReadonlyMap<string, readonly KnownVersion[]>;
    /** Whether recipients accepted a share, in the cloud's words, by the image's id and the recipient. */
    answers: ReadonlyMap<string, ReadonlyMap<string, string>>;
    /** The resources of the servers that use an image, by server id: "api of shop/prod". */
    owners: ReadonlyMap<string, string>;
    /** The current outputs of the objects that were read, by URN. */
    now: ReadonlyMap<string, Properties>;
    /** Differences between the clouds and the stack's state. */
    drift: readonly string[];
    prices: readonly PlanPrice[];
}

/** An earlier version of an image that a change deletes. */
export interface KnownVersion {
    id: string;
    /** Undefined if it was not read. */
    held?: Dependents;
}

const nothing = async () => {};

/** The images that a preview replaces or deletes. */
export function departingImages(changes: readonly PlannedChange[]): { change: PlannedChange; id: string }[] {
    return changes.flatMap((change) => {
        const isDeparting = change.operation === "replace" || change.operation === "delete";
        const id = change.olds?.id;
        return isDeparting && isImage(change) && id !== undefined ? [{ change, id }] : [];
    });
}

/** The dependents that the preview shows: only those among this stack's changes. */
export function dependentsInState(changes: readonly PlannedChange[], reason: string): KnownDependents {
    const usersOf = changesByImage(changes);
    const byUrn = departingImages(changes).map(({ change, id }): [string, Dependents] => {
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
                children: retains ? [] : ids.map((child) => ({ what: `${kind} ${child}`, id: child, remove: nothing })),
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

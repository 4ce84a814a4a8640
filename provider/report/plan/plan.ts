import type { Properties } from "../../pulumi/dynamic/plainJson";
import type { HandlerName } from "../../pulumi/dynamic/resource";

/** What the engine is going to do with a resource. */
export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** A property that is different, by its path: "tags.team". */
export interface Difference {
    path: string;
    kind: "added" | "deleted" | "changed";
}

/** A resource as the state holds it, or as the program wants it; without Pulumi's plumbing, secrets as `secretText`. */
export interface ResourceState {
    /** Absent of what is yet to be made. */
    id?: string;
    inputs: Properties;
    /** Inputs and what was computed. */
    outputs: Properties;
    /** URNs of what it refers to, with its parent when that is one of ours. */
    dependencies: string[];
    /** Those of them that an input refers to, by the input. */
    referredTo: Record<string, string[]>;
}

/** One of our resources in a preview. */
export interface PlannedChange {
    /** Of its kind in a plan: the URN, with the id when it is an object that waits for its deletion. */
    urn: string;
    type: HandlerName;
    name: string;
    operation: Operation;
    olds?: ResourceState;
    news?: ResourceState;
    /** Out of the program, and deleted because something that it depends on is replaced: before that goes. */
    isDeletedForReplacement?: true;
    /** Replaced by an earlier run, which could not delete it; `up` deletes it. */
    isPendingDeletion?: true;
    /** The inputs that the program declares now of a replaced object: the options of its deletion (decision 002). */
    declared?: Properties;
    /** The inputs that are the reason of a replacement. Empty when another replacement forces it. */
    replaceReasons: string[];
    differences: Difference[];
}

/** Why a plan may leave out something that `up` does. */
export type Doubt =
    | { kind: "failed" | "unfinished" | "corrupt" | "notPreview" | "otherStack" }
    | { kind: "unknownKey"; key: string }
    | { kind: "unknownOperation"; operation: string; name: string }
    | { kind: "unknownType"; type: string; name: string }
    | { kind: "unreadableUrn"; urn: string }
    | { kind: "noState"; operation: string; name: string }
    | { kind: "missingSteps"; operation: string; counted: number; listed: number };

/** A preview, as far as it is about our resources. */
export interface Plan {
    project: string;
    stack: string;
    /** In the engine's order. */
    changes: PlannedChange[];
    /** How many resources of other providers change, by operation. */
    otherChanges: Record<string, number>;
    /** Why the preview failed. */
    errors: string[];
    /** Why it may leave out something that `up` does. */
    doubts: Doubt[];
    /** Whether the deletions that an earlier run left are among the changes, as far as there are any. */
    showsPendingDeletions: boolean;
    warnings: string[];
    /** What a refresh that is part of the preview found. */
    drift: string[];
    /** The stack's configuration, without its secrets; empty when it is not told. */
    config: Readonly<Record<string, string>>;
    /** Texts that the preview shows in clear although they are secret. */
    secrets: readonly string[];
    /** Whether what stays the same is listed, too. */
    listsUnchanged: boolean;
}

/** The plan of what is no finished preview: nothing but the reason. */
export function unreadablePlan(reason: string, { project, stack }: Pick<Plan, "project" | "stack">): Plan {
    return {
        project,
        stack,
        changes: [],
        otherChanges: {},
        errors: [reason],
        doubts: [{ kind: "failed" }],
        showsPendingDeletions: false,
        warnings: [],
        drift: [],
        config: {},
        secrets: [],
        listsUnchanged: false,
    };
}

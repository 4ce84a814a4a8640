import type { Properties } from "../../pulumi/dynamic/plainJson";
import type { HandlerName } from "../../pulumi/dynamic/resource";

/** What the engine will do with a resource. */
export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** A changed property, by its path: "tags.team". */
export interface Difference {
    path: string;
    kind: "added" | "deleted" | "changed";
}

/** A resource in the state or in the program, without Pulumi's internal keys, and with secrets as `secretText`. */
export interface ResourceState {
    /** Absent if the object is not created yet. */
    id?: string;
    inputs: Properties;
    /** Inputs and computed properties. */
    outputs: Properties;
    /** URNs of the resources that it refers to, and of its parent if that is a resource of this package. */
    dependencies: string[];
    /** The dependencies that an input refers to, by input. */
    referredTo: Record<string, string[]>;
}

/** A resource of this package in a preview. */
export interface PlannedChange {
    /** Unique in a plan: the URN, with the id if the object waits for its deletion. */
    urn: string;
    type: HandlerName;
    name: string;
    operation: Operation;
    olds?: ResourceState;
    news?: ResourceState;
    /** It left the program, and is deleted before the replacement of something that it depends on. */
    isDeletedForReplacement?: true;
    /** An earlier run replaced it but could not delete it. `up` deletes it. */
    isPendingDeletion?: true;
    /** The inputs that the program declares now for a replaced object: the options of its deletion (decision 002). */
    declared?: Properties;
    /** The inputs that require a replacement. Empty if another replacement forces it. */
    replaceReasons: string[];
    differences: Difference[];
}

/** Why a plan may omit something that `up` does. */
export type Doubt =
    | { kind: "failed" | "unfinished" | "corrupt" | "notPreview" | "otherStack" }
    | { kind: "unknownKey"; key: string }
    | { kind: "unknownOperation"; operation: string; name: string }
    | { kind: "unknownType"; type: string; name: string }
    | { kind: "unreadableUrn"; urn: string }
    | { kind: "noState"; operation: string; name: string }
    | { kind: "missingSteps"; operation: string; counted: number; listed: number };

/** The part of a preview that is about resources of this package. */
export interface Plan {
    project: string;
    stack: string;
    /** In the engine's order. */
    changes: PlannedChange[];
    /** How many resources of other providers change, by operation. */
    otherChanges: Record<string, number>;
    /** Why the preview failed. */
    errors: string[];
    /** Why it may omit something that `up` does. */
    doubts: Doubt[];
    /** Whether the changes include the deletions that an earlier run left, if any. */
    showsPendingDeletions: boolean;
    warnings: string[];
    /** What the preview's refresh found. */
    drift: string[];
    /** The stack's configuration without its secrets; empty if the preview does not show it. */
    config: Readonly<Record<string, string>>;
    /** Texts that the preview shows in plain text although they are secret. */
    secrets: readonly string[];
    /** Whether the preview also lists unchanged resources. */
    listsUnchanged: boolean;
}

/** The plan for input that is not a finished preview. It contains only the reason. */
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

import type { Properties } from "../../dynamic/plainJson";
import type { HandlerName } from "../../dynamic/resource";

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
    urn: string;
    type: HandlerName;
    name: string;
    operation: Operation;
    olds?: ResourceState;
    news?: ResourceState;
    /** Out of the program, and deleted because something that it depends on is replaced: before that goes. */
    isDeletedForReplacement?: true;
    /** The inputs that are the reason of a replacement. Empty when another replacement forces it. */
    replaceReasons: string[];
    differences: Difference[];
}

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

import type * as pulumi from "@pulumi/pulumi";

declare const reason: unique symbol;

/** Of an argument that the cloud cannot serve: no value has this type, and the compiler's error shows the reason. */
export interface NotSupported<Reason extends string> {
    readonly [reason]: Reason;
}

/** What happens to what hangs on an image when it is deleted or replaced. */
export interface ImageOnDelete {
    /**
     * Take away shares that were made outside this stack. Without it they stop the deletion, and the error names them.
     * @default false
     */
    unshare?: boolean;
    /**
     * What happens to the snapshots or the backup that were made for the image. A backup, and snapshots of ECS, are billed
     * as long as they are kept; snapshots of Simple Application Server are free.
     * @default "delete"
     */
    children?: "delete" | "retain";
    /**
     * What happens while servers made from the image are there, in this account: the deletion fails and names them,
     * waits until they are gone, or leaves the image to you.
     * @default "block"
     */
    ifInUse?: "block" | "wait" | "retain";
}

/** How long each step may wait: durations such as "90s", "45m", "2h". */
export interface Timeouts {
    /** For making the object. */
    create?: string;
    /** For changing it in place. */
    update?: string;
    /** For deleting it. */
    delete?: string;
}

/** The options that every kind of image takes, with the same meaning. */
export interface ImageOptionArgs {
    /**
     * What an `up` waits for: nothing, so that it ends as soon as the cloud has begun; the image itself, but not its
     * copies; or all of them. What needs the image waits for it in any case.
     * @default "all-regions"
     */
    wait?: pulumi.Input<"none" | "first-region" | "all-regions">;
    /**
     * The id or exact name of an existing image of this account to take over instead of making one: when it is what
     * the inputs say. From then on it is this resource's, and goes with it. Without effect afterwards.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Any text, for example "1.4.0". Changing it makes a new image of the same source, as it is then.
     */
    version?: pulumi.Input<string>;
    /**
     * How many replaced images to keep, at most 10: `previous` is the newest of them. They go with the resource. Not
     * together with `name` where the cloud wants every name once.
     * @default 0
     */
    keepVersions?: pulumi.Input<number>;
    /**
     * Refuse whatever would delete or replace the image, already in the preview. Takes an `up` with false first.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** What happens to what hangs on the image when it goes. */
    onDelete?: pulumi.Input<ImageOnDelete>;
    /** How long to wait. */
    timeouts?: pulumi.Input<Timeouts>;
}

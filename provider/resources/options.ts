import type * as pulumi from "@pulumi/pulumi";

declare const reason: unique symbol;

/** Type of an argument that the cloud does not support. No value has this type; the compiler error shows the reason. */
export interface NotSupported<Reason extends string> {
    readonly [reason]: Reason;
}

/** What to do with the dependents of an image when it is deleted or replaced. */
export interface ImageOnDelete {
    /**
     * Remove shares that were created outside this stack. Without it, such a share stops the deletion, and the error
     * names it.
     * @default false
     */
    unshare?: boolean;
    /**
     * What to do with the snapshots or the backup that were created for the image. The cloud bills retained backups and
     * ECS snapshots. Snapshots of Simple Application Servers are free.
     * @default "delete"
     */
    children?: "delete" | "retain";
    /**
     * What to do if this account has servers that were created from the image: "block" fails and names them, "wait"
     * waits until they are deleted, "retain" keeps the image in the cloud and removes it from the state.
     * @default "block"
     */
    ifInUse?: "block" | "wait" | "retain";
}

/** Time limits of each operation: durations such as "90s", "45m", "2h". */
export interface Timeouts {
    /** Time limit of a create. */
    create?: string;
    /** Time limit of an update. */
    update?: string;
    /** Time limit of a deletion. */
    delete?: string;
}

/** Options of every image resource. */
export interface ImageOptionArgs {
    /**
     * What `up` waits for. "none": only until the cloud accepts the request; "first-region": until the image is ready;
     * "all-regions": until the image and its copies are ready. Resources that use the image always wait for it.
     * @default "all-regions"
     */
    wait?: pulumi.Input<"none" | "first-region" | "all-regions">;
    /**
     * Id or exact name of an existing image of this account to adopt instead of creating one. The image must match the
     * inputs. From then on the resource owns the image and deletes it. A later change has no effect.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Any text, for example "1.4.0". Changing it replaces the image with a new one that captures the current source.
     */
    version?: pulumi.Input<string>;
    /**
     * How many replaced images to keep, at most 10. `previous` is the newest of them. They are deleted with the
     * resource. Cannot be combined with `name` if the cloud requires unique names.
     * @default 0
     */
    keepVersions?: pulumi.Input<number>;
    /**
     * If true, the image cannot be deleted or replaced, and the preview of a replacement fails. To delete or replace
     * the image, first set this to false and run `pulumi up`.
     * @default false
     */
    deleteProtection?: pulumi.Input<boolean>;
    /** What to do with the dependents of the image when it is deleted. */
    onDelete?: pulumi.Input<ImageOnDelete>;
    /** Time limits of each operation. */
    timeouts?: pulumi.Input<Timeouts>;
}

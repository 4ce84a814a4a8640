import type * as pulumi from "@pulumi/pulumi";
import { type HandlerName, MachineImageResource } from "../pulumi/dynamic/resource";

/** An image that can keep those that it replaced. */
export abstract class VersionedImage extends MachineImageResource {
    /** Ids of the images that this one replaced and that are kept, newest first. */
    declare public readonly previousVersions: pulumi.Output<string[] | undefined>;

    protected constructor(
        handler: HandlerName,
        name: string,
        inputs: pulumi.Inputs,
        options: pulumi.CustomResourceOptions | undefined,
    ) {
        super(handler, name, { ...inputs, previousVersions: undefined }, options);
    }

    /** The id of the newest version: the image itself. */
    public get current(): pulumi.Output<string> {
        return this.id;
    }

    /** The id of the image that this one replaced, while `keepVersions` keeps it: what a rollback uses. */
    public get previous(): pulumi.Output<string | undefined> {
        return this.previousVersions.apply((versions) => versions?.[0]);
    }
}

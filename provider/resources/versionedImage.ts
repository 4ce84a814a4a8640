import type * as pulumi from "@pulumi/pulumi";
import { type HandlerName, MachineImageResource } from "../pulumi/dynamic/resource";

/** An image resource that can keep the images that it replaced. */
export abstract class VersionedImage extends MachineImageResource {
    /** Ids of the kept images that this resource replaced, newest first. */
    declare public readonly previousVersions: pulumi.Output<string[] | undefined>;

    protected constructor(
        handler: HandlerName,
        name: string,
        inputs: pulumi.Inputs,
        options: pulumi.CustomResourceOptions | undefined,
    ) {
        super(handler, name, { ...inputs, previousVersions: undefined }, options);
    }

    /** Id of the newest version, which is the image itself. */
    public get current(): pulumi.Output<string> {
        return this.id;
    }

    /** Id of the image that this one replaced, if `keepVersions` keeps it. Use it for a rollback. */
    public get previous(): pulumi.Output<string | undefined> {
        return this.previousVersions.apply((versions) => versions?.[0]);
    }
}

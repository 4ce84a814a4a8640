import * as pulumi from "@pulumi/pulumi";
import { newOwner, ownerKey, retainKey, urnKey } from "./owner";
import { unknownValue } from "./unknown";
import { shortUrn } from "./urn";
import { noteUserFramesOnly } from "./userFrames";

/** The handlers that the plugin process can be asked for; each is a property of `pulumi-machine-images/handlers`. */
export type HandlerName =
    | "CustomImage"
    | "ImageCopy"
    | "FullEcsImage"
    | "ImageShare"
    | "SystemDiskReplacement"
    | "EcsImage"
    | "SimpleServer"
    | "EcsInstance"
    | "HuaweiServer"
    | "RolloutPause";

/**
 * All that Pulumi stores of a resource's provider. Written into every stack's state, run by whatever version of this
 * package is installed then: it must never change, and captures nothing.
 */
export function forwarder(handler: HandlerName): string {
    return `exports.handler = () => require("pulumi-machine-images/handlers").${handler}`;
}

/**
 * A resource that Pulumi's own dynamic provider plugin serves. Not a `pulumi.dynamic.Resource`, because that walks and
 * stores the provider's code; the engine and the plugin see no difference.
 */
export abstract class MachineImageResource extends pulumi.CustomResource {
    /**
     * @param inputs what the user wrote, with an `undefined` for every output that the class declares
     */
    protected constructor(
        handler: HandlerName,
        name: string,
        inputs: pulumi.Inputs,
        options: pulumi.CustomResourceOptions | undefined,
    ) {
        const type = `pulumi-nodejs:dynamic/machine-images:${handler}`;
        // The plugin is never told the URN: it names the row for progress and is the seed of names and marks.
        const urn = pulumi.createUrn(name, type, options?.parent);
        const plumbing = {
            [urnKey]: withoutDependencies(urn.apply(shortUrn)),
            // Of a resource that is new. A preview cannot know it, so that a saved plan does not fix it.
            [ownerKey]: pulumi.runtime.isDryRun() ? unknownValue : newOwner(),
            [retainKey]: options?.retainOnDelete,
            __provider: forwarder(handler),
        };
        const stopNoting = noteUserFramesOnly();
        try {
            super(type, name, { ...inputs, ...plumbing }, options);
        } finally {
            stopNoting();
        }
    }
}

/** What depends on a component waits for all of its children: one of them that did so would wait for itself. */
function withoutDependencies(output: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => output.apply(resolve));
}

import * as pulumi from "@pulumi/pulumi";
import { derivedOutputs } from "./derivedOutputs";
import type { HandlerName } from "./handlerName";
import { newOwner, ownerKey, retainKey, urnKey } from "./owner";
import { secretPaths, withSecretTags } from "./secretInputs";
import { secretsKey } from "./secretTexts";
import { unknownValue } from "./unknown";
import { warnOfUnknownKeys } from "./unknownKeys";
import { shortUrn } from "./urn";
import { noteUserFramesOnly } from "./userFrames";

export type { HandlerName };

const withoutTags: readonly HandlerName[] = ["ImageShare", "SystemDiskReplacement", "RolloutPause"];

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
        warnOfUnknownKeys();
        const type = `pulumi-nodejs:dynamic/machine-images:${handler}`;
        // The plugin is never told the URN: it names the row for progress and is the seed of names and marks.
        const urn = pulumi.createUrn(name, type, options?.parent);
        const given = withoutTags.includes(handler) ? inputs : withSecretTags(inputs);
        const additionalSecretOutputs = [...(options?.additionalSecretOutputs ?? [])];
        const plumbing = {
            [urnKey]: withoutDependencies(urn.apply(shortUrn)),
            // Of a resource that is new. A preview cannot know it, so that a saved plan does not fix it.
            [ownerKey]: pulumi.runtime.isDryRun() ? unknownValue : newOwner(),
            [retainKey]: options?.retainOnDelete,
            __provider: forwarder(handler),
            [secretsKey]: noteSecrets(handler, given, additionalSecretOutputs),
        };
        const stopNoting = noteUserFramesOnly();
        try {
            super(type, name, { ...given, ...plumbing }, { ...options, additionalSecretOutputs });
        } finally {
            stopNoting();
        }
    }
}

/**
 * The paths of the secret inputs; undefined when there are none. Adds the outputs that repeat them to those that are
 * secret: the SDK reads that list when all inputs are known, so after this one.
 */
function noteSecrets(
    handler: HandlerName,
    inputs: pulumi.Inputs,
    secretOutputs: string[],
): Promise<string[] | undefined> {
    const noted = secretPaths(inputs).then((paths) => {
        secretOutputs.push(...derivedOutputs(handler, paths));
        return paths.length > 0 ? paths.sort() : undefined;
    });
    // An input that fails is the SDK's to tell, which awaits the same one.
    noted.catch(() => {});
    return noted;
}

/** What depends on a component waits for all of its children: one of them that did so would wait for itself. */
function withoutDependencies(output: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => output.apply(resolve));
}

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
 * Everything that Pulumi stores of a resource's provider. The state of every stack contains it, and it runs with
 * whichever version of this package is installed. It must never change, and must not capture anything.
 */
export function forwarder(handler: HandlerName): string {
    return `exports.handler = () => require("pulumi-machine-images/handlers").${handler}`;
}

/**
 * A resource that Pulumi's dynamic provider plugin serves. Not a `pulumi.dynamic.Resource`, because that class
 * serializes and stores the provider's code. The engine and the plugin see no difference.
 */
export abstract class MachineImageResource extends pulumi.CustomResource {
    /**
     * @param inputs the user's inputs, with `undefined` for every output that the class declares
     */
    protected constructor(
        handler: HandlerName,
        name: string,
        inputs: pulumi.Inputs,
        options: pulumi.CustomResourceOptions | undefined,
    ) {
        warnOfUnknownKeys();
        const type = `pulumi-nodejs:dynamic/machine-images:${handler}`;
        // The plugin does not receive the URN otherwise. It needs the URN for progress rows, names and owner ids.
        const urn = pulumi.createUrn(name, type, options?.parent);
        const given = withoutTags.includes(handler) ? inputs : withSecretTags(inputs);
        const additionalSecretOutputs = [...(options?.additionalSecretOutputs ?? [])];
        const plumbing = {
            [urnKey]: withoutDependencies(urn.apply(shortUrn)),
            // For a new resource. Unknown in a preview, so that a saved plan does not fix it.
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
 * The paths of the secret inputs; undefined if there are none. Adds the outputs that repeat secret inputs to
 * `secretOutputs`. The SDK reads that list when all inputs are known, which is after this promise.
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
    // If an input fails, the SDK reports it, because the SDK awaits the same input.
    noted.catch(() => {});
    return noted;
}

/** An output that depends on a component waits for all children of the component. A child would wait for itself. */
function withoutDependencies(output: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => output.apply(resolve));
}

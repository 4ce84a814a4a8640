import * as pulumi from "@pulumi/pulumi";
import { configKeys } from "../../clouds/settings";

/**
 * The paths of the secret inputs: "name", "tags.owner". The plugin receives all values in plain text, and these paths
 * tell it which values it must not show.
 */
export async function secretPaths(inputs: pulumi.Inputs): Promise<string[]> {
    return pathsIn(inputs, "");
}

async function pathsIn(value: unknown, path: string): Promise<string[]> {
    if (pulumi.Output.isInstance(value)) return (await pulumi.isSecret(value)) ? [path] : [];
    if (value instanceof Promise) return pathsIn(await value, path);
    if (typeof value !== "object" || value === null) return [];
    const inner = Object.entries(value).map(([key, item]) => pathsIn(item, path === "" ? key : `${path}.${key}`));
    return (await Promise.all(inner)).flat();
}

/** Makes the tags secret if the default tags of the configuration, which the plugin adds, contain a secret. */
export function withSecretTags(inputs: pulumi.Inputs): pulumi.Inputs {
    return hasSecret(configKeys.defaultTags) ? { ...inputs, tags: pulumi.secret(inputs.tags ?? {}) } : inputs;
}

/** Whether a value in an object of the configuration is secret. The SDK has this function but does not declare it. */
export function hasSecret(key: string): boolean {
    if (pulumi.runtime.getConfig(key) === undefined) return false;
    const isConfigSecret: ((key: string) => boolean) | undefined = Reflect.get(pulumi.runtime, "isConfigSecret");
    return isConfigSecret?.(key) ?? true;
}

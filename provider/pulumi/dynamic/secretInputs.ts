import * as pulumi from "@pulumi/pulumi";
import { configKeys } from "../../clouds/settings";

/**
 * The paths of the inputs that are secret: "name", "tags.owner". The plugin is handed all values in clear, and learns
 * from this which of them it must not show.
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

/** Inputs with secret tags when the configuration's default tags, which the plugin adds, have a secret among them. */
export function withSecretTags(inputs: pulumi.Inputs): pulumi.Inputs {
    return hasSecret(configKeys.defaultTags) ? { ...inputs, tags: pulumi.secret(inputs.tags ?? {}) } : inputs;
}

/** Whether a value in an object of the configuration is secret; the SDK knows, and does not declare it. */
export function hasSecret(key: string): boolean {
    if (pulumi.runtime.getConfig(key) === undefined) return false;
    const isConfigSecret: ((key: string) => boolean) | undefined = Reflect.get(pulumi.runtime, "isConfigSecret");
    return isConfigSecret?.(key) ?? true;
}

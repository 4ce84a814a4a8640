import type { HandlerName } from "./handlerName";

const image = { name: ["imageName"], adopt: ["imageName"] } as const;

/**
 * Outputs that repeat an input under another name, by the path of the input. Pulumi keeps an output secret only if an
 * input with the same name is secret. It never keeps an id secret.
 */
const derived: Readonly<Record<HandlerName, Readonly<Record<string, readonly string[]>>>> = {
    CustomImage: image,
    ImageCopy: image,
    EcsImage: image,
    FullEcsImage: { ...image, "source.backup": ["backup"], "cloud.region": ["availableIn"] },
    ImageShare: { accept: ["acceptedBy"] },
    SimpleServer: { name: ["serverName"] },
    EcsInstance: { name: ["instanceName"] },
    HuaweiServer: { name: ["serverName"], availabilityZone: ["zone"] },
    SystemDiskReplacement: {},
    RolloutPause: {},
};

/** The outputs that must be secret because inputs are. @param secret the paths of those inputs: "name", "tags.owner" */
export function derivedOutputs(handler: HandlerName, secret: readonly string[]): string[] {
    const isSecret = (input: string) =>
        secret.some((path) => path === input || path.startsWith(`${input}.`) || input.startsWith(`${path}.`));
    const outputs = Object.entries(derived[handler]).flatMap(([input, names]) => (isSecret(input) ? names : []));
    return [...new Set(outputs)];
}

import * as pulumi from "@pulumi/pulumi";
import * as resources from "pulumi-machine-images";
import { type Declared, type Program, type Reference, resolved } from "../guarantees/program.ts";

/** The part of a resource class that a program as data uses. */
type ResourceClass = new (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const classes: Record<Declared["type"], ResourceClass> = {
    CustomImage: resources.CustomImage,
    ImageCopy: resources.ImageCopy,
    ImageShare: resources.ImageShare,
    SimpleServer: resources.SimpleServer,
    EcsInstance: resources.EcsInstance,
    FullEcsImage: resources.FullEcsImage,
    HuaweiServer: resources.HuaweiServer,
    EcsImage: resources.EcsImage,
    SystemDiskReplacement: resources.SystemDiskReplacement,
    RolloutPause: resources.RolloutPause,
};

/** Converts a program as data to one that the real engine runs. */
export function pulumiProgram(program: Program): () => Promise<void> {
    return async () => {
        const created = new Map<string, pulumi.CustomResource>();
        for (const { name, type, inputs, wasNamed, under, wasUnder } of program) {
            const outputs = new Map<string, pulumi.Output<unknown>>();
            const valueAt = (reference: Reference) => {
                const key = JSON.stringify(reference);
                outputs.set(key, outputOf(created, reference));
                return key;
            };
            const args = withOutputs(resolved(inputs, valueAt), outputs);
            const Resource = classes[type];
            const options = {
                aliases: aliasesOf({ name, type, wasNamed, under, wasUnder }),
                parent: parentOf(under, name),
            };
            created.set(name, Reflect.construct(Resource, [name, args, options]));
        }
    };
}

/** A component of this type, as the parent of a resource. */
function parentOf(under: string | undefined, name: string): pulumi.Resource | undefined {
    return under === undefined ? undefined : new pulumi.ComponentResource(under, `${name}-parent`);
}

function aliasesOf({ name, type, wasNamed, under, wasUnder }: Omit<Declared, "inputs">): (pulumi.Alias | string)[] {
    if (wasNamed === undefined && wasUnder === undefined) return [];
    const parents = wasUnder ?? under ?? "";
    const types = `${parents === "" ? "" : `${parents}$`}pulumi-nodejs:dynamic/machine-images:${type}`;
    return [`urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${types}::${wasNamed ?? name}`];
}

function outputOf(
    created: ReadonlyMap<string, pulumi.CustomResource>,
    { of, output }: Reference,
): pulumi.Output<unknown> {
    const resource = created.get(of);
    if (!resource) throw new Error(`${of} is declared after what refers to it`);
    return pulumi.output(Reflect.get(resource, output));
}

/** The inputs, with placeholders replaced by outputs. */
function withOutputs(inputs: object, outputs: ReadonlyMap<string, pulumi.Output<unknown>>): object {
    return Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [
            key,
            typeof value === "string" ? (outputs.get(value) ?? value) : value,
        ]),
    );
}

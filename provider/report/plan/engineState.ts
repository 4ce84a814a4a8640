import { z } from "zod";
import { derivedOutputs } from "../../pulumi/dynamic/derivedOutputs";
import type { HandlerName } from "../../pulumi/dynamic/handlerName";
import type { Difference, ResourceState } from "./plan";
import { secretPathsIn, secretText, shownValue } from "./values";

const properties = z.record(z.string(), z.unknown());

/** A resource's state, as both of the engine's formats write it. */
export const engineState = z.object({
    urn: z.string(),
    type: z.string(),
    id: z.string().optional(),
    parent: z.string().optional(),
    /** Whether it waits for its deletion since it was replaced. */
    delete: z.boolean().optional(),
    inputs: properties.optional(),
    outputs: properties.optional(),
    dependencies: z.array(z.string()).nullish(),
    additionalSecretOutputs: z.array(z.string()).nullish(),
    propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
});
export type EngineState = z.infer<typeof engineState>;

/** What the engine says of a property that is different. */
export const differenceKind = z.enum(["add", "add-replace", "delete", "delete-replace", "update", "update-replace"]);

/** A step as both of the engine's formats have it. */
export interface EngineStep {
    op: string;
    urn: string;
    olds: EngineState | undefined;
    news: EngineState | undefined;
    replaceReasons: string[];
    differences: Record<string, z.infer<typeof differenceKind>>;
}

const typePrefix = "pulumi-nodejs:dynamic/machine-images:";

/** Our types; what another version of this package made is not one of them. */
const handlerNames: Record<HandlerName, true> = {
    CustomImage: true,
    ImageCopy: true,
    FullEcsImage: true,
    ImageShare: true,
    SystemDiskReplacement: true,
    EcsImage: true,
    SimpleServer: true,
    EcsInstance: true,
    HuaweiServer: true,
    RolloutPause: true,
};

const isHandlerName = (name: string): name is HandlerName => Object.hasOwn(handlerNames, name);

/** The type that a URN names, without those of its parents; undefined of what is no URN. */
export function typeOf(urn: string): string | undefined {
    const [prefix = "", project = "", types = "", name = ""] = urn.split("::");
    if (!/^urn:pulumi:./.test(prefix) || project === "" || name === "") return undefined;
    return types.split("$").at(-1) || undefined;
}

/** Whether a type is a component of this package, which holds no object. */
export const isOwnComponent = (type: string): boolean => type === "machine-images:index:Environment";

/** The type of one of our resources, by its URN; undefined for all others. */
export function ownType(urn: string): HandlerName | undefined {
    const type = typeOf(urn) ?? "";
    const name = type.startsWith(typePrefix) ? type.slice(typePrefix.length) : "";
    return isHandlerName(name) ? name : undefined;
}

/** The last part of a URN. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

export function resourceState(state: EngineState): ResourceState {
    const references = Object.entries(state.propertyDependencies ?? {}).map(
        ([key, urns]) => [key, urns ?? []] as const,
    );
    const named = references.flatMap(([, urns]) => urns);
    const parent = state.parent !== undefined && ownType(state.parent) ? [state.parent] : [];
    const inputs = cleaned(state.inputs);
    return {
        ...(state.id && { id: state.id }),
        inputs,
        outputs: hidden({ ...inputs, ...cleaned(state.outputs) }, secretOutputsOf(state)),
        dependencies: [...new Set([...(state.dependencies ?? []), ...named, ...parent])],
        referredTo: Object.fromEntries(references),
    };
}

function cleaned(given: Record<string, unknown> | undefined): Record<string, unknown> {
    return properties.parse(shownValue(given ?? {}));
}

/** The outputs that must be secret: those that the state names, and those that repeat a secret input. */
export function secretOutputsOf({ urn, inputs, additionalSecretOutputs }: EngineState): string[] {
    const type = ownType(urn);
    const derived = type === undefined ? [] : derivedOutputs(type, secretPathsIn(shownValue(inputs ?? {})));
    return [...(additionalSecretOutputs ?? []), ...derived];
}

/** Outputs that are secret although their values do not say so. */
function hidden(outputs: Record<string, unknown>, secret: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, secret.includes(key) ? secretText : value]),
    );
}

/** The differences without Pulumi's plumbing. */
export function differencesOf(detailed: Record<string, z.infer<typeof differenceKind>>): Difference[] {
    return Object.entries(detailed)
        .filter(([path]) => !path.startsWith("__"))
        .map(([path, kind]) => ({ path, kind: kinds[kind] }));
}

const kinds = {
    add: "added",
    "add-replace": "added",
    delete: "deleted",
    "delete-replace": "deleted",
    update: "changed",
    "update-replace": "changed",
} as const;

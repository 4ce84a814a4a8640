import { z } from "zod";
import { derivedOutputs } from "../../pulumi/dynamic/derivedOutputs";
import type { HandlerName } from "../../pulumi/dynamic/handlerName";
import type { Difference, ResourceState } from "./plan";
import { secretPathsIn, secretText, shownValue } from "./values";

const properties = z.record(z.string(), z.unknown());

/** A resource's state, in both formats of the engine. */
export const engineState = z.object({
    urn: z.string(),
    type: z.string(),
    id: z.string().optional(),
    parent: z.string().optional(),
    /** Whether it was replaced and waits for its deletion. */
    delete: z.boolean().optional(),
    inputs: properties.optional(),
    outputs: properties.optional(),
    dependencies: z.array(z.string()).nullish(),
    additionalSecretOutputs: z.array(z.string()).nullish(),
    propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
});
export type EngineState = z.infer<typeof engineState>;

/** How the engine describes a changed property. */
export const differenceKind = z.enum(["add", "add-replace", "delete", "delete-replace", "update", "update-replace"]);

/** A step, in both formats of the engine. */
export interface EngineStep {
    op: string;
    urn: string;
    olds: EngineState | undefined;
    news: EngineState | undefined;
    replaceReasons: string[];
    differences: Record<string, z.infer<typeof differenceKind>>;
}

const typePrefix = "pulumi-nodejs:dynamic/machine-images:";

/** The resource types of this version of the package. */
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

/** The type in a URN, without the types of its parents; undefined if the text is not a URN. */
export function typeOf(urn: string): string | undefined {
    const [prefix = "", project = "", types = "", name = ""] = urn.split("::");
    if (!/^urn:pulumi:./.test(prefix) || project === "" || name === "") return undefined;
    return types.split("$").at(-1) || undefined;
}

/** Whether a type is a component of this package, which has no object in a cloud. */
export const isOwnComponent = (type: string): boolean => type === "machine-images:index:Environment";

/** The type of a resource of this package, by its URN; undefined for all other resources. */
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

/** The outputs that must be secret: those that the state names, and those that are derived from a secret input. */
export function secretOutputsOf({ urn, inputs, additionalSecretOutputs }: EngineState): string[] {
    const type = ownType(urn);
    const derived = type === undefined ? [] : derivedOutputs(type, secretPathsIn(shownValue(inputs ?? {})));
    return [...(additionalSecretOutputs ?? []), ...derived];
}

/** Hides outputs that are secret although their values are not marked. */
function hidden(outputs: Record<string, unknown>, secret: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, secret.includes(key) ? secretText : value]),
    );
}

/** The differences without Pulumi's internal keys. */
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

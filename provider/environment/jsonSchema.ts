import { z } from "zod";
import { environmentFile } from "./schema";
import { referencePattern } from "./values";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of an environment file, for editors. */
export function environmentJsonSchema(): JsonSchema {
    const { $schema, ...generated } = z.toJSONSchema(environmentFile, {
        unrepresentable: "any",
        reused: "inline",
        override: ({ jsonSchema }) => {
            // zod adds these limits to every integer. They do not help the author of a file.
            if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
            if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
            if (!jsonSchema.isReference) return;
            delete jsonSchema.isReference;
            Object.assign(jsonSchema, { type: "string", pattern: referencePattern });
        },
    });
    return { $schema, title: "environment of machine images", ...withoutOutputs(generated) };
}

/** Removes the alternatives for outputs, which a file cannot contain. */
function withoutOutputs<Part>(part: Part): Part {
    if (Array.isArray(part)) {
        part.splice(0, part.length, ...part.filter((form) => form?.isOutput !== true).map(withoutOutputs));
    } else if (typeof part === "object" && part !== null) {
        for (const value of Object.values(part)) withoutOutputs(value);
    }
    return part;
}

/** Created on demand and only once, because a file can have many unknown keys. */
let known: JsonSchema | undefined;

/** The allowed keys at a path, in their order. If several forms are allowed, those of the form that matches `data`. */
export function keysAt(path: readonly PropertyKey[], data: unknown): string[] {
    known ??= environmentJsonSchema();
    let forms = [known];
    let value = data;
    for (const key of path) {
        forms = formsOf(forms, value).flatMap((form) => inside(form, key));
        value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
    }
    return [...new Set(formsOf(forms, value).flatMap(({ properties = {} }) => Object.keys(properties)))];
}

function inside({ properties, additionalProperties, items }: JsonSchema, key: PropertyKey): JsonSchema[] {
    const named = properties?.[String(key)];
    return [named ?? [items, additionalProperties]].flat(2).flatMap(partOf);
}

function formsOf(forms: readonly JsonSchema[], value: unknown): JsonSchema[] {
    const all = forms.flatMap((form) => {
        const inner = [...(form.anyOf ?? []), ...(form.oneOf ?? [])].flatMap(partOf);
        return inner.length > 0 ? formsOf(inner, value) : [form];
    });
    const fitting = all.filter((form) => isOfForm(form, value));
    return fitting.length > 0 ? fitting : all;
}

/** A schema can also be true, which allows anything, or false, which allows nothing. */
const partOf = (part: z.core.JSONSchema._JSONSchema | undefined) => (typeof part === "object" ? [part] : []);

/** Whether the data has every constant of the form, such as its kind. */
function isOfForm({ properties = {} }: JsonSchema, value: unknown): boolean {
    if (typeof value !== "object" || value === null) return true;
    return Object.entries(properties).every(
        ([key, part]) =>
            typeof part !== "object" || typeof part.const !== "string" || Reflect.get(value, key) === part.const,
    );
}

import { z } from "zod";

/** Inputs that the provider sets. */
const filledIn: readonly string[] = ["imageFacts", "previousVersions", "erases"];

/** The names that a program can use at a path of a schema, in any form of a union. */
export function namesAt(schema: z.ZodType, path: readonly string[]): string[] {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodUnion) {
        return [
            ...new Set(inner.options.flatMap((option) => (option instanceof z.ZodType ? namesAt(option, path) : []))),
        ];
    }
    const [name, ...rest] = path;
    if (inner instanceof z.ZodArray) {
        return name === undefined || !(inner.element instanceof z.ZodType) ? [] : namesAt(inner.element, rest);
    }
    if (!(inner instanceof z.ZodObject)) return [];
    if (name === undefined) return Object.keys(inner.shape).filter((key) => isForPrograms(key, inner.shape[key]));
    const next: unknown = inner.shape[name];
    return next instanceof z.ZodType ? namesAt(next, rest) : [];
}

/** An input that must never be set exists only for its error message. */
function isForPrograms(key: string, field: unknown): boolean {
    const isNever = field instanceof z.ZodType && unwrapped(field) instanceof z.ZodUndefined;
    return !isNever && !filledIn.includes(key);
}

function unwrapped(schema: z.ZodType): z.ZodType {
    if (!(schema instanceof z.ZodOptional)) return schema;
    const inner = schema.unwrap();
    return inner instanceof z.ZodType ? unwrapped(inner) : schema;
}

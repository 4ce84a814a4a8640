/** Properties of a resource as the engine stores them. */
export type Properties = Record<string, unknown>;

/**
 * The value as plain JSON: undefined and null are omitted, times become ISO 8601. For `undefined`, functions and big
 * integers the engine's protocol throws only after the object was created, and loses its id.
 */
export function plainJson(value: Properties): Properties {
    const text = JSON.stringify(value, (_key, inner: unknown) => (inner === null ? undefined : inner));
    const plain: Properties = JSON.parse(text);
    return plain;
}

export function isProperties(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Equal as JSON, whatever the order of keys. */
export function sameJson(left: unknown, right: unknown): boolean {
    return ordered(left) === ordered(right);
}

function ordered(value: unknown): string | undefined {
    return JSON.stringify(value, (_key, inner: unknown) => {
        if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
        const entries = Object.entries(inner).filter(([, field]) => field !== undefined);
        return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    });
}

/** The engine prints a secret in a state as an object with this key. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** Whether a value of a printed state is secret or contains a secret. */
export function hasSecret(value: unknown): boolean {
    return value !== undefined && JSON.stringify(value).includes(`"${secretMark}":`);
}

/** Outputs were written by a handler, perhaps of an older version. They contain its state and its inputs. */
export function parseOutputs<Outputs>(outs: Properties): Outputs {
    const typed: Outputs = JSON.parse(JSON.stringify(outs));
    return typed;
}

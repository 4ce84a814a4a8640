import { secretText } from "../../pulumi/dynamic/secretTexts";
import { unknownValue } from "../../pulumi/dynamic/unknown";

export { secretText } from "../../pulumi/dynamic/secretTexts";

// The key by which the engine marks secrets, and other special values, in states (reference: `SigKey` in its resource
// package).
export const signatureKey = "4dabf18193072939515e22adb298388d";

/** A property as a report may show it: without secrets and without Pulumi's internal keys. */
export function shownValue(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(shownValue);
    if (typeof value !== "object" || value === null) return value;
    if (signatureKey in value) return secretText;
    const kept = Object.entries(value).filter(([key]) => !key.startsWith("__"));
    return Object.fromEntries(kept.map(([key, inner]) => [key, shownValue(inner)]));
}

/** The paths of the secrets in a shown value: "name", "tags.owner". */
export function secretPathsIn(shown: unknown, path = ""): string[] {
    if (shown === secretText) return [path];
    if (typeof shown !== "object" || shown === null) return [];
    return Object.entries(shown).flatMap(([key, item]) => secretPathsIn(item, path === "" ? key : `${path}.${key}`));
}

/** A value as text on one line. */
export function valueText(value: unknown): string {
    if (value === undefined) return "none";
    if (value === unknownValue) return "known after apply";
    if (value === secretText) return secretText;
    return JSON.stringify(value, (_key, inner: unknown) => (inner === unknownValue ? "known after apply" : inner));
}

/** The value at a path in the engine's notation: `tags.team`, `tags["a.b"]`, `copies[0]`. */
export function valueAt(properties: unknown, path: string): unknown {
    let value = properties;
    for (const key of pathKeys(path)) {
        // A secret or unknown value stands for everything in it.
        if (value === secretText || value === unknownValue) return value;
        if (typeof value !== "object" || value === null) return undefined;
        value = Reflect.get(value, key);
    }
    return value;
}

/** The keys of a path. */
export function pathKeys(path: string): string[] {
    const keys = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
    return [...keys].map(([, quoted, index, plain]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? plain ?? "");
}

import { createHash } from "node:crypto";
import type { Problem } from "./handler";
import type { Properties } from "./plainJson";
import { textsIn } from "./textsIn";

/** What stands for a secret, as the engine's own previews have it. */
export const secretText = "[secret]";

/** The input by which a resource tells the plugin which of its inputs are secret. */
export const secretsKey = "__secrets";

/** Shorter ones are in every other word, and are hidden only where they stand alone. */
const leastLetters = 4;

/** A text without the secrets in it. */
export type Hide = (text: string) => string;

/** Hides texts, also as they stand in JSON or in a URL. */
export function hiderOf(secrets: readonly string[]): Hide {
    const forms = secrets.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), inUrl(text)]);
    const distinct = [...new Set(forms)].filter((text) => text !== "");
    const patterns = distinct.sort((a, b) => b.length - a.length).map(patternOf);
    return (text) => patterns.reduce((left, pattern) => left.replace(pattern, secretText), text);
}

/** Half of a pair of surrogates cannot stand in a URL. */
const inUrl = (text: string) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, ""));

function patternOf(text: string): RegExp {
    const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return text.length >= leastLetters
        ? new RegExp(escaped, "g")
        : new RegExp(`(?<=^|[\\s"'(=[])${escaped}(?=$|[\\s"'),;.:\\]])`, "g");
}

/** Hides what the secret inputs of these properties say, which are secret in all of them when they are in one. */
export function hiderIn(...all: Properties[]): Hide {
    const paths = [...new Set(all.flatMap(secretPathsOf))];
    return paths.length === 0
        ? (text) => text
        : hiderOf(all.flatMap((one) => paths.flatMap((path) => textsAt(one, path))));
}

/** The paths that the resource named. */
export function secretPathsOf({ [secretsKey]: paths }: Properties): string[] {
    return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
}

/** What a value holds at a path, whose keys may have dots in them. */
export function textsAt(value: unknown, path: string): string[] {
    if (path === "") return textsIn(value);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) => {
        if (key === path) return textsIn(item);
        return path.startsWith(`${key}.`) ? textsAt(item, path.slice(key.length + 1)) : [];
    });
}

/** The texts among these properties without secrets. */
export function hiddenIn(properties: Properties, hide: Hide): Properties {
    return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, typeof value === "string" ? hide(value) : value]),
    );
}

/**
 * A problem without secrets. The engine prints the value of the property that a problem names, so a secret one is named
 * by the reason alone; what is in it is not named at all.
 */
export function hiddenProblem({ property, reason }: Problem, secret: readonly string[], hide: Hide): Problem {
    const root = secret.find((path) => property === path || property.startsWith(`${path}.`));
    if (root !== undefined) return { property: "", reason: `${root}: ${hide(reason)}` };
    return { property, reason: hide(reason) };
}

/** What stands for a secret text in an id, which Pulumi always shows. */
export function digestOf(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

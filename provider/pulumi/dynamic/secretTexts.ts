import { createHash } from "node:crypto";
import type { Problem } from "./handler";
import type { Properties } from "./plainJson";
import { textsIn } from "./textsIn";

/** The replacement for a secret, the same as in the engine's previews. */
export const secretText = "[secret]";

/** The input that tells the plugin which inputs are secret. */
export const secretsKey = "__secrets";

/** A shorter secret may be part of many words, so it is hidden only if it stands alone. */
const leastLetters = 4;

/** Replaces the secrets in a text. */
export type Hide = (text: string) => string;

/** Hides texts, also in their JSON and URL forms. */
export function hiderOf(secrets: readonly string[]): Hide {
    const forms = secrets.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), inUrl(text)]);
    const distinct = [...new Set(forms)].filter((text) => text !== "");
    const patterns = distinct.sort((a, b) => b.length - a.length).map(patternOf);
    return (text) => patterns.reduce((left, pattern) => left.replace(pattern, secretText), text);
}

/** A URL cannot contain half of a surrogate pair. */
const inUrl = (text: string) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, ""));

function patternOf(text: string): RegExp {
    const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return text.length >= leastLetters
        ? new RegExp(escaped, "g")
        : new RegExp(`(?<=^|[\\s"'(=[])${escaped}(?=$|[\\s"'),;.:\\]])`, "g");
}

/** Hides the values of the secret inputs. An input that is secret in one of the properties is secret in all of them. */
export function hiderIn(...all: Properties[]): Hide {
    const paths = [...new Set(all.flatMap(secretPathsOf))];
    return paths.length === 0
        ? (text) => text
        : hiderOf(all.flatMap((one) => paths.flatMap((path) => textsAt(one, path))));
}

/** The paths of secret inputs that the resource has recorded. */
export function secretPathsOf({ [secretsKey]: paths }: Properties): string[] {
    return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
}

/** The texts in a value at a path. Keys may contain dots. */
export function textsAt(value: unknown, path: string): string[] {
    if (path === "") return textsIn(value);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) => {
        if (key === path) return textsIn(item);
        return path.startsWith(`${key}.`) ? textsAt(item, path.slice(key.length + 1)) : [];
    });
}

/** The properties with hidden secrets. */
export function hiddenIn(properties: Properties, hide: Hide): Properties {
    return Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, typeof value === "string" ? hide(value) : value]),
    );
}

/**
 * A problem without secrets. The engine prints the value of the property that a problem names. For a secret property,
 * only the reason names it, and paths inside it are not named at all.
 */
export function hiddenProblem({ property, reason }: Problem, secret: readonly string[], hide: Hide): Problem {
    const root = secret.find((path) => property === path || property.startsWith(`${path}.`));
    if (root !== undefined) return { property: "", reason: `${root}: ${hide(reason)}` };
    return { property, reason: hide(reason) };
}

/** The replacement for a secret text in an id, which Pulumi always shows. */
export function digestOf(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

import { derivedOutputs } from "../../pulumi/dynamic/derivedOutputs";
import type { Properties } from "../../pulumi/dynamic/plainJson";
import { hiderOf, textsAt } from "../../pulumi/dynamic/secretTexts";
import { type EngineState, secretOutputsOf } from "./engineState";
import type { PlannedChange } from "./plan";
import { secretPathsIn, secretText, signatureKey } from "./values";

/** Shorter texts also occur inside ordinary words. */
const leastLetters = 4;

/** The texts that the engine marks as secret, but a preview shows in plain text. */
export function secretTexts(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(secretTexts);
    if (typeof value !== "object" || value === null) return [];
    if (signatureKey in value) return textsIn(Object.entries(value).filter(([key]) => key !== signatureKey));
    return Object.values(value).flatMap(secretTexts);
}

function textsIn(value: unknown): string[] {
    if (typeof value === "string") return plainOnes(value).filter((text) => text.length >= leastLetters);
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(textsIn);
}

/** A secret can be JSON. The texts in it are then secret, too. */
function plainOnes(text: string): string[] {
    try {
        const inner: unknown = JSON.parse(text);
        return typeof inner === "string" ? [inner, text] : [text, ...(inner === null ? [] : textsIn(inner))];
    } catch {
        return [text];
    }
}

/**
 * A message without the known secrets, and without the secrets that the engine marks in its own errors
 * ("property name value {&{{the secret}}} has a problem"), which it shows in plain text with `--show-secrets`.
 */
export function withoutSecrets(message: string, secrets: readonly string[]): string {
    // Greedy, because a secret can contain braces. A third closing brace belongs to the value around the secret.
    const marked = message.replace(/&\{\{.*\}\}/gs, (shown) => `${secretText}${shown.endsWith("}}}") ? "}" : ""}`);
    const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((text, secret) => text.replaceAll(secret, secretText), marked);
}

/** The secret texts of a state: those that are marked, and those of outputs that an earlier version did not mark. */
export function secretTextsOf(state: EngineState | undefined): string[] {
    if (state === undefined) return [];
    const inClear = secretOutputsOf(state).flatMap((key) => textsAt(state.outputs ?? {}, key));
    return [...secretTexts(state), ...inClear.filter((text) => text !== secretText && text.length >= leastLetters)];
}

/** The values that the clouds return in plain text for secret inputs. @param now the outputs that were read, by URN */
export function liveSecrets(changes: readonly PlannedChange[], now: ReadonlyMap<string, Properties>): string[] {
    return changes.flatMap(({ urn, type, olds, news }) => {
        const paths = [olds, news].flatMap((state) => secretPathsIn(state?.inputs ?? {}));
        const read = now.get(urn) ?? {};
        const texts = [...paths, ...derivedOutputs(type, paths)].flatMap((path) => textsAt(read, path));
        return texts.filter((text) => text !== secretText && text.length >= leastLetters);
    });
}

/** Keys of a report with enumerated values. */
const words = ["verdict", "operation", "type", "kind", "readFrom"];

/** A report without secrets in any of its texts. */
export function hiddenEverywhere<Report extends object>(report: Report, secrets: readonly string[]): Report {
    if (secrets.length === 0) return report;
    const hide = hiderOf(secrets);
    const hidden: Report = JSON.parse(JSON.stringify(report), (key, value: unknown) =>
        typeof value === "string" && !words.includes(key) ? hide(value) : value,
    );
    return hidden;
}

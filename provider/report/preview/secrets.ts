import { secretText, signatureKey } from "./values";

/** Shorter ones are in every other word. */
const leastLetters = 4;

/** The texts that the engine's marks say are secret, where a preview shows them in spite of that. */
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

/** A secret may be written as JSON: then the texts in it are secret, too. */
function plainOnes(text: string): string[] {
    try {
        const inner: unknown = JSON.parse(text);
        return typeof inner === "string" ? [inner, text] : [text, ...(inner === null ? [] : textsIn(inner))];
    } catch {
        return [text];
    }
}

/**
 * A message without secrets: without those that are known, and without what the engine marks as one in its own errors
 * ("property name value {&{{the secret}}} has a problem"), which it shows whole with `--show-secrets`.
 */
export function withoutSecrets(message: string, secrets: readonly string[]): string {
    // As far as the last braces, because a secret may have some; a third one closes the value that it stands in.
    const marked = message.replace(/&\{\{.*\}\}/gs, (shown) => `${secretText}${shown.endsWith("}}}") ? "}" : ""}`);
    const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((text, secret) => text.replaceAll(secret, secretText), marked);
}

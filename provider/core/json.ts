/** A value as JSON writes it: with the text of a number, such as "1.10", which the number itself does not keep. */
type Revived = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** Whether the digits stand for an integer that a number cannot hold exactly: beyond 2^53. */
export function isLargeInteger(digits: string): boolean {
    return /^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits));
}

const largeAsText: Revived = (_key, value, { source = "" } = {}) =>
    typeof value === "number" && isLargeInteger(source) ? source : value;

const scalarsAsText: Revived = (_key, value, { source = "" } = {}) =>
    typeof value === "number" || typeof value === "boolean" ? source : value;

/**
 * JSON in which an integer beyond 2^53, such as an account's id, is the text of its digits: where a text is wanted it
 * keeps them, elsewhere it is no number.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
    return JSON.parse(text, largeAsText);
}

/**
 * JSON in which numbers, true and false are texts as they are written: of an object in its configuration, Pulumi keeps
 * what looks like one of them as such, although a text was typed.
 *
 * @throws SyntaxError
 */
export function parseTexts(text: string): unknown {
    return JSON.parse(text, scalarsAsText);
}

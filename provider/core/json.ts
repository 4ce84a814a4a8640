/** A JSON reviver that also gets the text of a number, such as "1.10", which the number itself does not preserve. */
type Revived = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** Whether the digits are an integer that a number cannot hold exactly: beyond 2^53. */
export function isLargeInteger(digits: string): boolean {
    return /^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits));
}

const largeAsText: Revived = (_key, value, { source = "" } = {}) =>
    typeof value === "number" && isLargeInteger(source) ? source : value;

const scalarsAsText: Revived = (_key, value, { source = "" } = {}) =>
    typeof value === "number" || typeof value === "boolean" ? source : value;

/**
 * Parses JSON in which integers beyond 2^53, such as account ids, become text. Where text is expected, they keep all
 * digits; elsewhere, they are not numbers.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
    return JSON.parse(text, largeAsText);
}

/**
 * Parses JSON in which numbers, true and false become the text that was written. In a configuration object, Pulumi
 * stores a value that looks like one of them without quotes, although the user typed text.
 *
 * @throws SyntaxError
 */
export function parseTexts(text: string): unknown {
    return JSON.parse(text, scalarsAsText);
}

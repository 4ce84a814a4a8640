/** The text of a number, which JSON.stringify writes as it is. */
export interface RawNumber {
    readonly rawJSON: string;
}

declare global {
    // In Node.js since version 21, and not yet in TypeScript's library.
    interface JSON {
        rawJSON(text: string): RawNumber;
        isRawJSON(value: unknown): value is RawNumber;
    }
}

/** An integer of so many digits that a number would lose some, such as an account's id, for an answer's JSON or XML. */
export function integer(digits: string): number | RawNumber {
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : JSON.rawJSON(digits);
}

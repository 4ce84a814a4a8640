/** The text of a number, which JSON.stringify writes unchanged. */
export interface RawNumber {
    readonly rawJSON: string;
}

declare global {
    // Available in Node.js since version 21, but not in TypeScript's library.
    interface JSON {
        rawJSON(text: string): RawNumber;
        isRawJSON(value: unknown): value is RawNumber;
    }
}

/** An integer with more digits than a number can hold, such as an account id, for JSON and XML answers. */
export function integer(digits: string): number | RawNumber {
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : JSON.rawJSON(digits);
}

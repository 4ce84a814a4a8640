import { createHash, timingSafeEqual } from "node:crypto";
import type { WireRequest } from "../../core/wire";

export const sha256 = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex");

/** RFC 3986: encodes everything except A-Z a-z 0-9 - _ . ~ */
export function encode(text: string): string {
    return encodeURIComponent(text).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

function decode(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        // No signer sends this, so the signature cannot match.
        return text;
    }
}

/** Decodes and encodes every segment, and ends in a slash. */
export function canonicalPath(path: string): string {
    const encoded = path
        .split("/")
        .map((segment) => encode(decode(segment)))
        .join("/");
    return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Decodes and encodes the query, and sorts it by key and then by value: the URL can contain a "*" that the canonical
 * form encodes.
 */
export function canonicalQuery(query: string): string {
    return [...new URLSearchParams(query)]
        .sort(([keyA, valueA], [keyB, valueB]) => byCode(keyA, keyB) || byCode(valueA, valueB))
        .map(([key, value]) => `${encode(key)}=${encode(value)}`)
        .join("&");
}

/** Only the headers that the signer names, in its order. */
export function canonicalHeaders(request: WireRequest, signed: string): string {
    return signed
        .split(";")
        .map((name) => `${name}:${(request.headers[name] ?? "").trim()}\n`)
        .join("");
}

/**
 * The hash of the body, or undefined if the header contradicts it. Only bodies that are not JSON can be unsigned
 * (docs/reference/huawei-api.md#signatures).
 */
export function bodyHash(request: WireRequest): string | undefined {
    const claimed = request.headers["x-sdk-content-sha256"];
    const actual = sha256(request.body);
    if (claimed === undefined || claimed === actual) return actual;
    const isJson = (request.headers["content-type"] ?? "application/json").startsWith("application/json");
    return claimed === "UNSIGNED-PAYLOAD" && !isJson ? claimed : undefined;
}

export function isEqualSignature(expected: string, given: string): boolean {
    const a = Buffer.from(expected, "hex");
    const b = Buffer.from(given, "hex");
    return a.length === b.length && timingSafeEqual(a, b);
}

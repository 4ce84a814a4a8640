/**
 * ACS3-HMAC-SHA256, the signature of the current SDKs (openapi-core 1.0.8, `getAuthorization`).
 *
 * @module
 */
import { createHmac, hash } from "node:crypto";
import type { WireRequest } from "../../core/wire";
import type { Message } from "./message";

export const acs3Algorithm = "ACS3-HMAC-SHA256";

export interface Acs3Authorization {
    readonly accessKeyId: string;
    /** In lower case, in the client's order. */
    readonly signedHeaders: readonly string[];
    readonly signature: string;
}

/** Parses `ACS3-HMAC-SHA256 Credential=..,SignedHeaders=a;b,Signature=..`; undefined if a part is missing. */
export function readAcs3Authorization(header: string): Acs3Authorization | undefined {
    const fields = new Map(
        header
            .slice(acs3Algorithm.length)
            .split(",")
            .map((field): [string, string] => {
                const [name = "", value = ""] = field.trim().split(/=(.*)/s);
                return [name, value];
            }),
    );
    const accessKeyId = fields.get("Credential");
    const signedHeaders = fields.get("SignedHeaders");
    const signature = fields.get("Signature");
    if (!accessKeyId || !signedHeaders || !signature) return undefined;
    return { accessKeyId, signedHeaders: signedHeaders.toLowerCase().split(";"), signature };
}

/** Headers that a client must always sign. It must also sign every other x-acs- header that it sends. */
const alwaysSigned = ["host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"];

/** The first header that the client should have signed and did not sign. */
export function firstUnsignedHeader(wire: WireRequest, signedHeaders: readonly string[]): string | undefined {
    const sent = Object.keys(wire.headers).filter((name) => name.startsWith("x-acs-"));
    return [...alwaysSigned, ...sent].find((name) => !signedHeaders.includes(name));
}

/** Encodes as in RFC 3986: unlike encodeURIComponent, it keeps only letters, digits and -_.~ */
export function percentEncode(text: string): string {
    if (/^[\w.~-]*$/.test(text)) return text;
    return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(content: string | Buffer): string {
    return hash("sha256", content);
}

/** The string to sign. The query is decoded and encoded again, because SDKs do not encode !'()* in the URL. */
export function acs3StringToSign(message: Message, signedHeaders: readonly string[]): string {
    const { wire } = message;
    const query = [...message.query]
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
        .join("&");
    const headers = signedHeaders.map((name) => `${name}:${(wire.headers[name] ?? "").trim()}\n`).join("");
    const canonical = [wire.method, wire.path, query, headers, signedHeaders.join(";"), sha256(wire.body)].join("\n");
    return `${acs3Algorithm}\n${sha256(canonical)}`;
}

export function acs3Signature(secret: string, stringToSign: string): string {
    return createHmac("sha256", secret).update(stringToSign).digest("hex");
}

/** The expected value of `x-acs-content-sha256`. */
export function bodyHash(wire: WireRequest): string {
    return sha256(wire.body);
}

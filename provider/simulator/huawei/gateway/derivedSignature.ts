import { createHmac } from "node:crypto";
import type { WireRequest } from "../../core/wire";
import { bodyHash, canonicalPath, encode, isEqualSignature, sha256 } from "./canonicalRequest";
import type { SignatureHeader } from "./signature";

/** The signature of gophertelekomcloud: the same header name with another algorithm (signer_helper.go). */
export interface DerivedSignatureHeader extends SignatureHeader {
    readonly day: string;
    readonly region: string;
    readonly service: string;
}

const form =
    /^SDK-HMAC-SHA256 Credential=([^,/]+)\/(\d{8})\/([^,/]*)\/([^,/]*)\/sdk_request, ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

export function readDerivedSignature(authorization: string): DerivedSignatureHeader | undefined {
    const [, accessKeyId, day, region, service, signedHeaders, signature] = form.exec(authorization) ?? [];
    if (!accessKeyId || !day || !signedHeaders || !signature) return undefined;
    return { accessKeyId, day, region: region ?? "", service: service ?? "", signedHeaders, signature };
}

const lowerCaseOrder = (a: string, b: string): number => {
    const [x, y] = [a.toLowerCase(), b.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : 0;
};

/** The first value of every key, sorted by case-insensitive key. */
function queryForSigning(query: string): string {
    const given = new URLSearchParams(query);
    return [...new Set(given.keys())]
        .sort(lowerCaseOrder)
        .map((key) => `${encode(key)}=${encode(given.get(key) ?? "")}`)
        .join("&");
}

/** Go's url.Values.Encode: all values, sorted by key, spaces as plus signs. */
function queryAsPayload(query: string): string {
    const form = (text: string) => encode(text).replaceAll("%20", "+");
    return [...new URLSearchParams(query)]
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([key, value]) => `${form(key)}=${form(value)}`)
        .join("&");
}

function headersForSigning(request: WireRequest, signed: string): string {
    return signed
        .split(";")
        .map((name) => `${name}:${(request.headers[name] ?? "").replace(/\s+/g, " ")}\n`)
        .join("");
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** Verifies the signature with a derived key and a string to sign of four lines. */
export function isSignedWithDerived(secret: string, header: DerivedSignatureHeader, request: WireRequest): boolean {
    const date = request.headers["x-sdk-date"] ?? "";
    const payloadHash = bodyHash(request);
    if (!date.startsWith(header.day) || payloadHash === undefined) return false;
    const scope = [header.day, header.region, header.service, "sdk_request"].join("/");
    const key = [header.day, header.region, header.service, "sdk_request"].reduce<Buffer>(
        hmac,
        Buffer.from(`SDK${secret}`),
    );
    const accepts = (query: string, payload: string): boolean => {
        const canonical = [
            request.method,
            canonicalPath(request.path),
            query,
            headersForSigning(request, header.signedHeaders),
            header.signedHeaders,
            payload,
        ].join("\n");
        const toSign = ["SDK-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
        return isEqualSignature(hmac(key, toSign).toString("hex"), header.signature);
    };
    if (accepts(queryForSigning(request.query), payloadHash)) return true;
    // A POST without a body signs its query as the body. In the request, it is indistinguishable from an empty body.
    const mayBeNil = request.method === "POST" && request.body.length === 0;
    return mayBeNil && accepts("", sha256(queryAsPayload(request.query)));
}

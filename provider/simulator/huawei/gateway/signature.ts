import { createHmac } from "node:crypto";
import type { WireRequest } from "../../core/wire";
import {
    bodyHash,
    canonicalHeaders,
    canonicalPath,
    canonicalQuery,
    isEqualSignature,
    sha256,
} from "./canonicalRequest";

/** The content of an SDK-HMAC-SHA256 Authorization header. */
export interface SignatureHeader {
    readonly accessKeyId: string;
    readonly signedHeaders: string;
    readonly signature: string;
}

const form = /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

/** Parses the header in the standard form ("Access="), as the official SDKs write it. */
export function readSignature(authorization: string): SignatureHeader | undefined {
    const [, accessKeyId, signedHeaders, signature] = form.exec(authorization) ?? [];
    return accessKeyId && signedHeaders && signature ? { accessKeyId, signedHeaders, signature } : undefined;
}

/** The text to hash and sign (docs/reference/huawei-api.md#signatures). */
export function canonicalRequest(request: WireRequest, signedHeaders: string, payloadHash: string): string {
    return [
        request.method,
        canonicalPath(request.path),
        canonicalQuery(request.query),
        canonicalHeaders(request, signedHeaders),
        signedHeaders,
        payloadHash,
    ].join("\n");
}

/** Verifies the signature with the secret itself and a string to sign of three lines. */
export function isSignedWith(secret: string, header: SignatureHeader, request: WireRequest): boolean {
    const payloadHash = bodyHash(request);
    if (payloadHash === undefined) return false;
    const canonical = canonicalRequest(request, header.signedHeaders, payloadHash);
    const toSign = ["SDK-HMAC-SHA256", request.headers["x-sdk-date"] ?? "", sha256(canonical)].join("\n");
    return isEqualSignature(createHmac("sha256", secret).update(toSign).digest("hex"), header.signature);
}

import { createHash, createHmac } from "node:crypto";
import type { Recorded } from "../wire.ts";

const hex = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** SDK-HMAC-SHA256, written from the published rules and not from the SDK. */
export function signatureOf(
    request: Pick<Recorded, "method" | "url" | "headers" | "body">,
    signedHeaders: string,
    secretKey: string,
) {
    const url = new URL(request.url, "http://wire");
    const path = url.pathname
        .split("/")
        .map((part) => encode(decodeURIComponent(part)))
        .join("/");
    const query = [...url.searchParams].map(([key, value]) => `${encode(key)}=${encode(value)}`).sort();
    const headers = signedHeaders.split(";").map((name) => `${name}:${String(request.headers[name] ?? "").trim()}\n`);
    const canonical = [
        request.method,
        path.endsWith("/") ? path : `${path}/`,
        query.join("&"),
        headers.join(""),
        signedHeaders,
        hex(request.body),
    ].join("\n");
    return {
        canonicalHash: hex(canonical),
        signature: createHmac("sha256", secretKey)
            .update(`SDK-HMAC-SHA256\n${request.headers["x-sdk-date"]}\n${hex(canonical)}`)
            .digest("hex"),
    };
}

/** Whether the signature of a recorded request is valid and covers the host and these headers. */
export function verifies(request: Recorded, accessKey: string, secretKey: string, covered: string[] = []): boolean {
    const header = String(request.headers.authorization);
    const parts = /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(header);
    const [, access, signedHeaders = "", signature] = parts ?? [];
    const names = signedHeaders.split(";");
    return (
        access === accessKey &&
        ["host", "x-sdk-date", ...covered].every((name) => names.includes(name)) &&
        signature === signatureOf(request, signedHeaders, secretKey).signature
    );
}

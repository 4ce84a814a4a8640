import { createHash, createHmac } from "node:crypto";
import type { Recorded } from "../wire.ts";

const hex = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** ACS3-HMAC-SHA256, written from the published rules and not from the SDK. */
export function signatureOf(request: Pick<Recorded, "method" | "path" | "query" | "headers" | "body">, secret: string) {
    const query = Object.keys(request.query)
        .sort()
        .map((key) => `${key}=${encode(request.query[key] ?? "")}`)
        .join("&");
    const names = Object.keys(request.headers)
        .filter((name) => name === "host" || name === "content-type" || name.startsWith("x-acs-"))
        .sort();
    const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join("");
    const canonical = [request.method, request.path, query, headers, names.join(";"), hex(request.body)].join("\n");
    return {
        canonicalHash: hex(canonical),
        signedHeaders: names.join(";"),
        signature: createHmac("sha256", secret)
            .update(`ACS3-HMAC-SHA256\n${hex(canonical)}`)
            .digest("hex"),
    };
}

/** Whether the signature of a recorded request is valid. */
export function verifies(request: Recorded, accessKeyId: string, secret: string): boolean {
    const { signature, signedHeaders } = signatureOf(request, secret);
    return (
        request.headers.authorization ===
        `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`
    );
}

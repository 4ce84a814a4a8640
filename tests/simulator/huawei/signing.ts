import { createHash, createHmac } from "node:crypto";

/** Signs as the official SDKs do. Written from the reference, independently of the simulator's verifier. */

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text, "utf8").digest();

export function percent(text: string): string {
    return [...Buffer.from(text, "utf8")]
        .map((byte) => {
            const character = String.fromCharCode(byte);
            return /[A-Za-z0-9\-_.~]/.test(character)
                ? character
                : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
        })
        .join("");
}

export interface ToSign {
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string | readonly string[]>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

export interface Key {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
}

/** "20250102T030405Z" */
export const sdkDate = (time: Date): string => `${time.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

export function queryText(query: ToSign["query"] = {}): string {
    return Object.keys(query)
        .sort()
        .flatMap((name) => {
            const value = query[name] ?? "";
            const values = typeof value === "string" ? [value] : [...value].sort();
            return values.map((one) => `${percent(name)}=${percent(one)}`);
        })
        .join("&");
}

export function canonicalText(request: ToSign, signedHeaders: Readonly<Record<string, string>>): string {
    const names = Object.keys(signedHeaders).sort();
    const path = request.path.split("/").map(percent).join("/");
    const bodyHash = request.headers["x-sdk-content-sha256"] ?? sha256(request.body);
    return [
        request.method,
        path.endsWith("/") ? path : `${path}/`,
        queryText(request.query),
        ...names.map((name) => `${name}:${signedHeaders[name]}`),
        "",
        names.join(";"),
        bodyHash,
    ].join("\n");
}

/** The headers of a signed request. */
export function sign(request: ToSign, key: Key, time: Date): Record<string, string> {
    const date = sdkDate(time);
    const headers: Record<string, string> = { ...request.headers, host: request.host, "x-sdk-date": date };
    const toSign = ["SDK-HMAC-SHA256", date, sha256(canonicalText(request, headers))].join("\n");
    const signature = hmac(key.accessKeySecret, toSign).toString("hex");
    const names = Object.keys(headers).sort().join(";");
    const authorization = `SDK-HMAC-SHA256 Access=${key.accessKeyId}, SignedHeaders=${names}, Signature=${signature}`;
    return { ...headers, authorization };
}

/** Signs as gophertelekomcloud does: with a derived key and the scope as a separate line. */
export function signDerived(request: ToSign, key: Key, time: Date): Record<string, string> {
    const date = sdkDate(time);
    const day = date.slice(0, 8);
    const headers: Record<string, string> = { ...request.headers, host: request.host, "x-sdk-date": date };
    const scope = `${day}///sdk_request`;
    const nilPost = request.method === "POST" && request.body === "";
    const signed = nilPost
        ? canonicalText({ ...request, query: {}, body: queryText(request.query).replaceAll("%20", "+") }, headers)
        : canonicalText(request, headers);
    const toSign = ["SDK-HMAC-SHA256", date, scope, sha256(signed)].join("\n");
    const derived = [day, "", "", "sdk_request"].reduce<Buffer>(hmac, Buffer.from(`SDK${key.accessKeySecret}`));
    const names = Object.keys(headers).sort().join(";");
    const credential = `Credential=${key.accessKeyId}/${scope}`;
    const signature = hmac(derived, toSign).toString("hex");
    return {
        ...headers,
        authorization: `SDK-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`,
    };
}

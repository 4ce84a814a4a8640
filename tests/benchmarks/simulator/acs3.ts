import { createHash, createHmac, randomBytes } from "node:crypto";

/** A request in Alibaba's RPC style, before it is signed. */
export interface Acs3Request {
    readonly host: string;
    readonly key: { readonly id: string; readonly secret: string };
    readonly version: string;
    readonly action: string;
    readonly parameters: Readonly<Record<string, string>>;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const emptyHash = sha256("");

function encode(text: string): string {
    return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The headers and the query of one signed request, each time with a new nonce. */
export function signAcs3(request: Acs3Request): { query: string; headers: Record<string, string> } {
    const query = Object.entries(request.parameters)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${encode(name)}=${encode(value)}`)
        .join("&");
    // In signing order.
    const headers: Record<string, string> = {
        host: request.host,
        "x-acs-action": request.action,
        "x-acs-content-sha256": emptyHash,
        "x-acs-date": `${new Date().toISOString().slice(0, 19)}Z`,
        "x-acs-signature-nonce": randomBytes(16).toString("hex"),
        "x-acs-version": request.version,
    };
    const names = Object.keys(headers).join(";");
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
    const canonical = ["POST", "/", query, ...lines, "", names, emptyHash].join("\n");
    const signature = createHmac("sha256", request.key.secret)
        .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
        .digest("hex");
    headers.authorization = `ACS3-HMAC-SHA256 Credential=${request.key.id},SignedHeaders=${names},Signature=${signature}`;
    return { query, headers };
}

import type { WireRequest } from "../../core/wire";

/** A request as the gateway parses it, from query, headers and body. */
export interface Message {
    readonly wire: WireRequest;
    readonly action: string;
    readonly version: string;
    /** All query parameters, including repeated ones. */
    readonly query: readonly (readonly [string, string])[];
    /** Parameters of query and form body together, decoded. */
    readonly parameters: ReadonlyMap<string, string>;
}

/** "+" is a space: Go clients use it in queries and in bodies. */
function decode(text: string): [string, string][] {
    return [...new URLSearchParams(text)];
}

function formOf(wire: WireRequest): [string, string][] {
    const isForm = wire.headers["content-type"]?.toLowerCase().startsWith("application/x-www-form-urlencoded");
    return isForm ? decode(wire.body.toString("utf8")) : [];
}

/**
 * Action and version come from the signed part: the headers of an ACS3 request, or the parameters of a version 1
 * request, which does not sign headers.
 */
export function readMessage(wire: WireRequest): Message {
    const query = decode(wire.query);
    const parameters = new Map([...query, ...formOf(wire)]);
    const isAcs3 = wire.headers.authorization !== undefined;
    const signed = (header: string, parameter: string) =>
        (isAcs3 ? wire.headers[header] : parameters.get(parameter)) || "";
    return {
        wire,
        action: signed("x-acs-action", "Action"),
        version: signed("x-acs-version", "Version"),
        query,
        parameters,
    };
}

/**
 * A version 1 request gets XML unless it asks for JSON, as all SDKs do ("The default response format is XML":
 * alibabacloud.com/help/doc-detail/185871). An ACS3 request gets JSON.
 */
export function wantsXml({ wire: { headers }, parameters }: Message): boolean {
    if (headers.authorization !== undefined || headers["x-acs-action"]) return false;
    return parameters.has("AccessKeyId") && parameters.get("Format")?.toUpperCase() !== "JSON";
}

/** Whether the action is only in a header and the request is not signed: an ACS3 request without a signature. */
export function isUnsignedAcs3({ wire: { headers }, parameters }: Message): boolean {
    return Boolean(headers["x-acs-action"]) && !headers.authorization && !parameters.has("AccessKeyId");
}

/**
 * The header that contradicts the signed request, if any. Terraform sends action and version in both places, with the
 * same values.
 */
export function contradictingHeader({ wire: { headers }, action, version }: Message): string | undefined {
    const signedValues = { "x-acs-action": action, "x-acs-version": version };
    const contradicting = Object.entries(signedValues).find(([name, value]) => (headers[name] || value) !== value);
    return contradicting?.[0];
}

/** Whether a request to "/" is for an RPC-style API, not from a browser. */
export function isRpc(wire: WireRequest): boolean {
    if (wire.path !== "/") return false;
    return wire.method === "POST" || wire.headers["x-acs-action"] !== undefined || wire.query.includes("Action=");
}

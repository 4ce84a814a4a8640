import type { WireRequest } from "../../core/wire";

/** A request as the gateway reads it: what is asked of which product, wherever the client put it. */
export interface Message {
    readonly wire: WireRequest;
    readonly action: string;
    readonly version: string;
    /** Every parameter of the query, repeated ones too. */
    readonly query: readonly (readonly [string, string])[];
    /** Query and form body together, decoded. */
    readonly parameters: ReadonlyMap<string, string>;
}

/** "+" is a space: Go clients encode it so in queries and in bodies. */
function decode(text: string): [string, string][] {
    return [...new URLSearchParams(text)];
}

function formOf(wire: WireRequest): [string, string][] {
    const isForm = wire.headers["content-type"]?.toLowerCase().startsWith("application/x-www-form-urlencoded");
    return isForm ? decode(wire.body.toString("utf8")) : [];
}

/**
 * Action and version are read from what is signed: the headers of an ACS3 request, the parameters of a version 1
 * request, whose headers nothing protects.
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
 * A version 1 request is answered in XML unless it asks for JSON, as all SDKs do ("The default response format is XML":
 * alibabacloud.com/help/doc-detail/185871); an ACS3 request, in JSON.
 */
export function wantsXml({ wire: { headers }, parameters }: Message): boolean {
    if (headers.authorization !== undefined || headers["x-acs-action"]) return false;
    return parameters.has("AccessKeyId") && parameters.get("Format")?.toUpperCase() !== "JSON";
}

/** Who names the action in a header alone means ACS3, and has forgotten to sign. */
export function isUnsignedAcs3({ wire: { headers }, parameters }: Message): boolean {
    return Boolean(headers["x-acs-action"]) && !headers.authorization && !parameters.has("AccessKeyId");
}

/** A header that says something else than the request that was signed. Terraform sends both, and the same in both. */
export function contradictingHeader({ wire: { headers }, action, version }: Message): string | undefined {
    const said = { "x-acs-action": action, "x-acs-version": version };
    const contradicting = Object.entries(said).find(([name, value]) => (headers[name] || value) !== value);
    return contradicting?.[0];
}

/** Whether a request to "/" is meant for an RPC-style API rather than for a person's browser. */
export function isRpc(wire: WireRequest): boolean {
    if (wire.path !== "/") return false;
    return wire.method === "POST" || wire.headers["x-acs-action"] !== undefined || wire.query.includes("Action=");
}

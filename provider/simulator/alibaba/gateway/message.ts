import type { WireRequest } from "../../core/wire";

/** A request as the gateway reads it: what is asked of which product, wherever the client put it. */
export interface Message {
    readonly wire: WireRequest;
    readonly action: string;
    readonly version: string;
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

/** Every parameter of the query, repeated ones too. */
export function queryOf(wire: WireRequest): [string, string][] {
    return decode(wire.query);
}

export function readMessage(wire: WireRequest): Message {
    const parameters = new Map([...queryOf(wire), ...formOf(wire)]);
    return {
        wire,
        action: wire.headers["x-acs-action"] || parameters.get("Action") || "",
        version: wire.headers["x-acs-version"] || parameters.get("Version") || "",
        parameters,
    };
}

/** Whether a request to "/" is meant for an RPC-style API rather than for a person's browser. */
export function isRpc(wire: WireRequest): boolean {
    if (wire.path !== "/") return false;
    return wire.method === "POST" || wire.headers["x-acs-action"] !== undefined || wire.query.includes("Action=");
}

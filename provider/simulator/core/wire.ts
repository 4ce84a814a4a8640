/** A request as it came over the wire, raw enough to check its signature. */
export interface WireRequest {
    readonly method: string;
    /** Percent-encoded, without the query. */
    readonly path: string;
    /** Without the "?". */
    readonly query: string;
    /** Names in lower case; repeated ones joined by ", ". */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
}

/** What happens to an answer on its way. */
export interface Delivery {
    /** Milliseconds of the machine's clock before it is sent. */
    readonly latencyMs?: number;
    /** The connection breaks instead. */
    readonly reset?: boolean;
    /** The connection breaks after half of the body. */
    readonly truncate?: boolean;
}

export interface WireAnswer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Empty for no body. */
    readonly body: string;
    readonly delivery?: Delivery;
    /** Goes on sending until the client leaves; answers how to stop. */
    readonly follow?: (send: (text: string) => void) => () => void;
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
    return {
        status,
        headers: { "content-type": "application/json;charset=utf-8", ...headers },
        body: JSON.stringify(body),
    };
}

export const noContent: WireAnswer = { status: 204, headers: {}, body: "" };

/** A request as received, unmodified enough to verify its signature. */
export interface WireRequest {
    readonly method: string;
    /** Percent-encoded, without the query. */
    readonly path: string;
    /** Without the "?". */
    readonly query: string;
    /** Names in lower case. Repeated headers are joined by ", ". */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
}

/** Disturbances of an answer's delivery. */
export interface Delivery {
    /** Delay before it is sent, in milliseconds of the machine's clock. */
    readonly latencyMs?: number;
    /** The connection breaks instead. */
    readonly reset?: boolean;
    /** The connection breaks after half of the body. */
    readonly truncate?: boolean;
}

export interface WireAnswer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Empty if there is no body. */
    readonly body: string;
    readonly delivery?: Delivery;
    /** Sends events until the client disconnects. Returns a function that stops it. */
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

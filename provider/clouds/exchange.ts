import { type Agent, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { acceptedEncodings, readBody } from "./bodies";
import { isOfThisMachine } from "./proxyRules";

/** One HTTP request. */
export interface ExchangeRequest {
    url: URL;
    method: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
    /** The agent that opens the connection. @default a direct connection */
    agent?: Agent;
    signal?: AbortSignal;
}

/** The answer. */
export interface Exchanged {
    status: number;
    headers: Readonly<Record<string, string>>;
    body: string;
}

const direct = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };

/** Agents without a proxy. NODE_USE_ENV_PROXY gives the process's own agents one, also for this machine. */
function directAgent({ protocol }: URL): Agent {
    return protocol === "https:" ? direct["https:"] : direct["http:"];
}

/**
 * Sends a request once and resolves as soon as the answer begins. A redirect is returned like any other answer and is
 * not followed.
 */
export function openExchange({ url, method, headers, body, agent, signal }: ExchangeRequest): Promise<IncomingMessage> {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const from = agent ?? directAgent(url);
    return new Promise((resolve, reject) => {
        // Sets the length, because some servers do not accept a chunked body.
        const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
        const request = send(url, { method, headers: { ...headers, ...length }, agent: from, signal });
        request.once("response", resolve).once("error", reject).end(body);
    });
}

/**
 * Sends a request once and reads the whole answer, whose body may be compressed. The time limit covers headers and body
 * together, even if they arrive slowly.
 */
export async function exchange(asked: Omit<ExchangeRequest, "signal">, timeoutMs: number): Promise<Exchanged> {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    const headers = { ...asked.headers, "accept-encoding": acceptedEncodings };
    try {
        const answer = await openExchange({ ...asked, headers, signal });
        return { status: answer.statusCode ?? 0, headers: flat(answer), body: await readBody(answer) };
    } catch (error) {
        // The error depends on where the time ran out, so the signal's own reason is thrown.
        throw signal.aborted ? signal.reason : error;
    }
}

/** Headers with one text each. */
export function flat({ headers }: IncomingMessage): Record<string, string> {
    return Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
        ),
    );
}

/** A connection that a proxy refused: the request has not reached the server. */
export class ProxyError extends Error {
    /** @param code like that of a system error; "EPROXYREFUSED" if the proxy would refuse again */
    constructor(
        readonly code: "EPROXY" | "EPROXYREFUSED",
        reason: string,
        /** Whether the proxy's address is on this machine and no process listens there. */
        readonly isRefusedHere = false,
    ) {
        super(`${code}, ${reason}`);
        this.name = "ProxyError";
    }
}

/** What failed, for a message: only a proxy error's own text is known to contain no secret. */
export function explained(error: unknown): string {
    return error instanceof ProxyError ? error.message : failureOf(error);
}

/** The system's code of a failed request, or the kind of failure: "ECONNREFUSED", "TimeoutError". */
export function failureOf(error: unknown): string {
    if (!(error instanceof Error)) return "unknown";
    // All addresses of a host were tried.
    const [first] = error instanceof AggregateError ? error.errors : [];
    if (first !== undefined) return failureOf(first);
    return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Facts about a request without an answer, and what the user can do. @param endpoint where the request was sent to */
export function unansweredFacts(
    error: unknown,
    endpoint: string | undefined,
): { remedy?: string; refusedHere: boolean } {
    const target = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (error instanceof ProxyError) {
        const variable = target?.protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY";
        return { remedy: `check ${variable}, or add the host to NO_PROXY`, refusedHere: error.isRefusedHere };
    }
    const refusedHere = failureOf(error) === "ECONNREFUSED" && target !== undefined && isOfThisMachine(target.hostname);
    if (!refusedHere) return { refusedHere };
    return {
        remedy: "no process listens there, start the simulator at that address or correct machine-images:endpoint",
        refusedHere,
    };
}

import { type Agent, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { acceptedEncodings, readBody } from "./bodies";
import { isOfThisMachine } from "./proxyRules";

/** One request over HTTP, as it is sent. */
export interface ExchangeRequest {
    url: URL;
    method: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
    /** Where the connection comes from. @default straight */
    agent?: Agent;
    signal?: AbortSignal;
}

/** What was answered. */
export interface Exchanged {
    status: number;
    headers: Readonly<Record<string, string>>;
    body: string;
}

const direct = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };

/** No proxy between: NODE_USE_ENV_PROXY gives the process's own agents one, also for this machine. */
function directAgent({ protocol }: URL): Agent {
    return protocol === "https:" ? direct["https:"] : direct["http:"];
}

/**
 * Sends a request once and resolves as soon as the answer begins. A redirect is an answer like any other: nothing is sent
 * to where it points.
 */
export function openExchange({ url, method, headers, body, agent, signal }: ExchangeRequest): Promise<IncomingMessage> {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const from = agent ?? directAgent(url);
    return new Promise((resolve, reject) => {
        // The length first: some servers do not take a body in chunks.
        const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
        const request = send(url, { method, headers: { ...headers, ...length }, agent: from, signal });
        request.once("response", resolve).once("error", reject).end(body);
    });
}

/**
 * Sends a request once and reads the whole answer, whose body may be compressed. Headers and body together come within so
 * many milliseconds, however slowly they trickle in.
 */
export async function exchange(asked: Omit<ExchangeRequest, "signal">, timeoutMs: number): Promise<Exchanged> {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    const headers = { ...asked.headers, "accept-encoding": acceptedEncodings };
    try {
        const answer = await openExchange({ ...asked, headers, signal });
        return { status: answer.statusCode ?? 0, headers: flat(answer), body: await readBody(answer) };
    } catch (error) {
        // Where the time ran out differs, and so does what is thrown.
        throw signal.aborted ? signal.reason : error;
    }
}

/** One text for each header. */
export function flat({ headers }: IncomingMessage): Record<string, string> {
    return Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
        ),
    );
}

/** A connection that a proxy did not let through: the request has not reached the server. */
export class ProxyError extends Error {
    /** @param code as of a system error; "EPROXYREFUSED" when the proxy would refuse again */
    constructor(
        readonly code: "EPROXY" | "EPROXYREFUSED",
        reason: string,
        /** Whether nothing listens at the proxy's address, which is on this machine. */
        readonly isRefusedHere = false,
    ) {
        super(`${code}, ${reason}`);
        this.name = "ProxyError";
    }
}

/** What failed, for a message: only a proxy's own words are known to hold no secret. */
export function explained(error: unknown): string {
    return error instanceof ProxyError ? error.message : failureOf(error);
}

/** The system's code of a request that failed, or what kind of failure it was: "ECONNREFUSED", "TimeoutError". */
export function failureOf(error: unknown): string {
    if (!(error instanceof Error)) return "unknown";
    // Several addresses of a host were tried in vain.
    const [first] = error instanceof AggregateError ? error.errors : [];
    if (first !== undefined) return failureOf(first);
    return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** What is known of a request that got no answer, and what the user can do. @param endpoint where it was sent to */
export function unansweredFacts(
    error: unknown,
    endpoint: string | undefined,
): { remedy?: string; refusedHere: boolean } {
    const target = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (error instanceof ProxyError) {
        const variable = target?.protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY";
        return { remedy: `check ${variable}, or name the host in NO_PROXY`, refusedHere: error.isRefusedHere };
    }
    const refusedHere = failureOf(error) === "ECONNREFUSED" && target !== undefined && isOfThisMachine(target.hostname);
    if (!refusedHere) return { refusedHere };
    return {
        remedy: "nothing listens there, start the simulator at that address or correct machine-images:endpoint",
        refusedHere,
    };
}

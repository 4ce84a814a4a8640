import type { Agent, IncomingMessage } from "node:http";
import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { flat, openExchange } from "./exchange";
import { isOfThisMachine, proxyFor } from "./proxyRules";

type Environment = Readonly<Record<string, string | undefined>>;

/** The request of a `fetch`. */
export interface Fetched {
    method: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
    signal?: AbortSignal;
    redirect?: "manual";
}

/** How requests leave this machine: directly, or through the proxy that the environment names. */
export interface Proxies {
    /** The agent for a request of `node:http` or `node:https`; undefined if no proxy is used. */
    agentFor(url: URL): Promise<Agent | undefined>;
    /** Like the global `fetch`, but follows no redirect through a proxy or on this machine. */
    fetch(url: string, init: Fetched): Promise<Response>;
}

/** The proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY. The proxy library is loaded only if there is a proxy. */
export function proxiesFrom(environment: Environment): Proxies {
    const agents = new Map<string, Promise<Agent>>();
    async function agentFor(url: URL): Promise<Agent | undefined> {
        const proxy = proxyFor(url, environment);
        if (proxy === undefined) return undefined;
        const key = `${url.protocol} ${proxy.href}`;
        const agent = agents.get(key) ?? openAgent(url, proxy);
        agents.set(key, agent);
        return agent;
    }
    return {
        agentFor,
        async fetch(url, init) {
            const target = new URL(url);
            const agent = await agentFor(target);
            // With NODE_USE_ENV_PROXY, the global fetch uses a proxy even for this machine.
            if (agent === undefined && !isOfThisMachine(target.hostname)) return fetch(url, init);
            const answer = await openExchange({ url: target, ...init, agent });
            const status = answer.statusCode ?? 0;
            const hasBody = status !== 204 && status !== 205 && status !== 304;
            if (!hasBody) answer.resume();
            const response = new Response(hasBody ? Readable.toWeb(decoded(answer)) : null, {
                status,
                headers: flat(answer),
            });
            return Object.defineProperty(response, "url", { value: target.href });
        },
    };
}

const decoders = new Map([
    ["gzip", createGunzip],
    ["deflate", createInflate],
    ["br", createBrotliDecompress],
]);

/** The decoded body, as the global `fetch` returns it. */
function decoded(answer: IncomingMessage): Readable {
    const create = decoders.get(answer.headers["content-encoding"]?.toLowerCase() ?? "");
    // The reader of the stream gets its errors.
    return create ? pipeline(answer, create(), () => {}) : answer;
}

async function openAgent(url: URL, proxy: URL): Promise<Agent> {
    const { forwardAgent, tunnelAgent } = await import("./proxyAgents.js");
    return url.protocol === "https:" ? tunnelAgent(proxy) : forwardAgent(proxy);
}

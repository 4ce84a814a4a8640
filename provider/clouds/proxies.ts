import type { Agent, IncomingMessage } from "node:http";
import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { flat, openExchange } from "./exchange";
import { isOfThisMachine, proxyFor } from "./proxyRules";

type Environment = Readonly<Record<string, string | undefined>>;

/** What is sent with `fetch`. */
export interface Fetched {
    method: string;
    headers: Readonly<Record<string, string>>;
    body?: string;
    signal?: AbortSignal;
    redirect?: "manual";
}

/** How requests leave this machine: straight, or through the proxy that the environment names. */
export interface Proxies {
    /** The agent for a request of `node:http` or `node:https`; undefined when no proxy stands between. */
    agentFor(url: URL): Promise<Agent | undefined>;
    /** As the global `fetch`, but follows no redirect through a proxy or on this machine. */
    fetch(url: string, init: Fetched): Promise<Response>;
}

/** The proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY. What speaks to a proxy is loaded when there is one. */
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
            // The global one has a proxy of its own with NODE_USE_ENV_PROXY, also for this machine.
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

/** The body as the global `fetch` gives it. */
function decoded(answer: IncomingMessage): Readable {
    const create = decoders.get(answer.headers["content-encoding"]?.toLowerCase() ?? "");
    // What breaks shows to whoever reads.
    return create ? pipeline(answer, create(), () => {}) : answer;
}

async function openAgent(url: URL, proxy: URL): Promise<Agent> {
    const { forwardAgent, tunnelAgent } = await import("./proxyAgents.js");
    return url.protocol === "https:" ? tunnelAgent(proxy) : forwardAgent(proxy);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "./core/apiError";
import type { WireAnswer, WireRequest } from "./core/wire";
import { earlyError, maxBodyBytes, overLimits, type ServerLimits, serverLimits } from "./requestLimits";

const loopbackHost = /^(localhost|[a-z0-9.-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * Blocks requests from web pages in a browser, by another origin or by DNS rebinding. If the simulator is bound to an
 * address that other machines reach, its host names are unknown, so host names are checked only on loopback addresses.
 */
function isForeign({ headers }: IncomingMessage, isLoopback: boolean): boolean {
    if (isLoopback && !loopbackHost.test((headers.host ?? "").replace(/\.(?=:|$)/, ""))) return true;
    const from = headers.origin?.replace(/^https?:\/\//, "");
    return from !== undefined && !loopbackHost.test(from) && from !== headers.host;
}

/** The client disconnected before its request was complete. */
class ClientDisconnected extends Error {}

function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
    return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        let size = 0;
        request.on("data", (chunk: Buffer) => {
            size += chunk.length;
            if (size <= maxBodyBytes) chunks.push(chunk);
        });
        request.on("end", () => resolve(size > maxBodyBytes ? undefined : Buffer.concat(chunks)));
        request.on("error", () => reject(new ClientDisconnected()));
    });
}

function toWire(request: IncomingMessage, body: Buffer): WireRequest {
    // A client that uses the simulator as a proxy sends the whole URL.
    const target = (request.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "") || "/";
    const [path = "/", query = ""] = target.split(/\?(.*)/s);
    const headers: Record<string, string> = Object.create(null);
    for (const [name, value] of Object.entries(request.headers)) {
        headers[name] = Array.isArray(value) ? value.join(", ") : (value ?? "");
    }
    return { method: request.method ?? "GET", path, query, headers, body };
}

async function send(response: ServerResponse, answer: WireAnswer, unreadBytes: number): Promise<void> {
    const { latencyMs, reset, truncate } = answer.delivery ?? {};
    // A delay must not keep the process alive after the simulator is closed.
    if (latencyMs) await pause(latencyMs, undefined, { ref: false });
    // Status 0 means no answer.
    if (reset || answer.status === 0) return void response.destroy();
    if (answer.follow) {
        response.writeHead(answer.status, answer.headers);
        response.flushHeaders();
        response.once(
            "close",
            // Disconnects a client that does not read, so that unsent events do not accumulate.
            answer.follow((text) =>
                response.writableLength > unreadBytes ? response.destroy() : response.write(text),
            ),
        );
        return;
    }
    response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
    if (!truncate) return void response.end(answer.body);
    response.write(answer.body.slice(0, answer.body.length / 2), () => response.destroy());
}

export interface Listening {
    /** "http://127.0.0.1:49152", without a trailing slash. */
    readonly url: string;
    close(): Promise<void>;
}

/** Serves `answer` on host:port. Port 0 selects a free port. */
export async function listen(options: {
    host: string;
    port: number;
    answer: (request: WireRequest) => Promise<WireAnswer>;
    /** Called when the simulator itself fails. The client gets a 500. */
    onError: (error: unknown) => void;
    /** @default serverLimits */
    limits?: ServerLimits;
}): Promise<Listening> {
    const { headersMs, requestMs, idleMs, checkEveryMs, connections, unreadBytes } = options.limits ?? serverLimits;
    const isLoopback = loopbackHost.test(options.host.includes(":") ? `[${options.host}]` : options.host);
    const timeouts = {
        headersTimeout: headersMs,
        requestTimeout: requestMs,
        keepAliveTimeout: idleMs,
        connectionsCheckingInterval: checkEveryMs,
    };
    const server = createServer(timeouts, (request, response) => {
        respond(request, response).catch((error) => {
            response.destroy();
            if (!(error instanceof ClientDisconnected)) options.onError(error);
        });
    });

    async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
        return send(response, await answerTo(request), unreadBytes);
    }

    async function answerTo(request: IncomingMessage): Promise<WireAnswer> {
        if (isForeign(request, isLoopback)) {
            return earlyError(403, "Forbidden", "the simulator answers only programs on this machine");
        }
        const body = await readBody(request);
        if (!body) return earlyError(413, "BodyTooLarge", "the request body is larger than 1 MiB");
        const wire = toWire(request, body);
        return overLimits(wire) ?? options.answer(wire);
    }

    server.maxConnections = connections;
    await new Promise<void>((resolve, reject) => {
        server.once("error", (error) => reject(cannotListen(options, error)));
        server.listen(options.port, options.host, resolve);
    });
    const { port } = addressOf(server);
    const shownHost = options.host.includes(":") ? `[${options.host}]` : options.host;
    return {
        url: `http://${shownHost}:${port}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

function cannotListen({ host, port }: { host: string; port: number }, cause: NodeJS.ErrnoException): UserError {
    const advice =
        cause.code === "EADDRINUSE"
            ? "another program uses the port. Choose another port"
            : cause.code === "EACCES"
              ? "the user lacks permission for this port. Choose another port"
              : `the host is not an address of this machine (${cause.code}). Choose another host`;
    return new UserError(`cannot listen on ${host}:${port}: ${advice}`, { cause });
}

function addressOf(server: Server): AddressInfo {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server is not listening");
    return address;
}

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request as send } from "node:http";
import { connect, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

const tls = join(import.meta.dirname, "tls");
/** The certificate authority of `clouds.test`, for NODE_EXTRA_CA_CERTS. Valid until the year 9999. */
export const authorityFile = join(tls, "clouds.test.pem");

/** A request to a proxy. */
export interface ProxyRequest {
    /** "CONNECT clouds.test:443" or "POST http://clouds.test/". */
    line: string;
    /** The user's credentials: "name:password". */
    user: string | undefined;
}

export interface FakeProxy {
    url: string;
    port: number;
    requests: ProxyRequest[];
    /** The status of further CONNECT requests. @default 200 */
    answer(status: number): void;
    close(): Promise<void>;
}

/** A proxy on loopback that forwards every tunnel and every request to one port, whatever the host. */
export async function openProxy(toPort: number): Promise<FakeProxy> {
    const requests: ProxyRequest[] = [];
    let status = 200;
    const note = ({ method, url, headers }: IncomingMessage) => {
        const [, coded] = headers["proxy-authorization"]?.split(" ") ?? [];
        const user = coded === undefined ? undefined : Buffer.from(coded, "base64").toString();
        requests.push({ line: `${method} ${url?.replace(/\?.*/, "")}`, user });
    };
    const server = createServer((request, response) => {
        note(request);
        const { pathname, search } = new URL(request.url ?? "");
        const { "proxy-authorization": _, ...headers } = request.headers;
        const options = { port: toPort, host: "127.0.0.1", method: request.method, path: pathname + search, headers };
        const onward = send({ ...options, agent: false }, (answer) => {
            response.writeHead(answer.statusCode ?? 0, answer.headers);
            answer.pipe(response);
        });
        onward.on("error", () => response.destroy());
        request.pipe(onward);
    });
    const sockets = tracked(server);
    server.on("connect", (request: IncomingMessage, socket: Socket) => {
        note(request);
        if (status !== 200) return socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 2\r\n\r\n{}`);
        const onward = connect(toPort, "127.0.0.1", () => {
            socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
            onward.pipe(socket).pipe(onward);
        });
        for (const end of [socket, onward]) end.on("error", () => end.destroy());
    });
    const port = await listening(server);
    return {
        url: `http://127.0.0.1:${port}`,
        port,
        requests,
        answer: (next) => {
            status = next;
        },
        close: () => closed(server, sockets),
    };
}

/** Serves TLS as `clouds.test` and forwards the data to a port without TLS. */
export async function openTls(toPort: number): Promise<{ port: number; close(): Promise<void> }> {
    const identity = { cert: readFileSync(authorityFile), key: readFileSync(join(tls, "clouds.test.key.pem")) };
    const server = createTlsServer(identity, (socket) => {
        const onward = connect(toPort, "127.0.0.1");
        onward.pipe(socket).pipe(onward);
        for (const end of [socket, onward]) end.on("error", () => end.destroy());
    });
    const sockets = tracked(server);
    server.on("tlsClientError", () => {});
    return { port: await listening(server), close: () => closed(server, sockets) };
}

function tracked(server: Server): Set<Socket> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.once("close", () => sockets.delete(socket));
        socket.on("error", () => {});
    });
    return sockets;
}

function listening(server: Server): Promise<number> {
    return new Promise((resolve, reject) => {
        server.once("error", reject).listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(address !== null && typeof address === "object" ? address.port : 0);
        });
    });
}

function closed(server: Server, sockets: Set<Socket>): Promise<void> {
    return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
    });
}

import { connect, type Socket } from "node:net";

export interface RawAnswer {
    readonly status: number;
    readonly body: Buffer;
}

const headEnd = Buffer.from("\r\n\r\n");

/**
 * One HTTP/1.1 connection that sends prepared bytes and reads answers with a Content-Length. It does as little as
 * possible, so that it measures the speed of the server, not of the client. It reconnects if the server closes the
 * connection.
 */
export class Connection {
    private socket: Socket | undefined;
    private received: Buffer = Buffer.alloc(0);
    private bytesNeeded = 0;
    private waiting: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | undefined;
    private readonly host: string;
    private readonly port: number;

    constructor(host: string) {
        const [name = "", port = ""] = host.split(":");
        this.host = name;
        this.port = Number(port);
    }

    send(request: Buffer): Promise<RawAnswer> {
        return new Promise((resolve, reject) => {
            this.waiting = { resolve, reject };
            this.socket ??= this.open();
            this.socket.write(request);
        });
    }

    close(): void {
        this.waiting = undefined;
        this.socket?.destroy();
    }

    private open(): Socket {
        const socket = connect(this.port, this.host);
        socket.setNoDelay(true);
        socket.on("data", (chunk) => this.read(chunk));
        socket.on("error", (error) => this.lost(socket, error));
        socket.on("close", () => this.lost(socket, new Error("the server closed the connection before it answered")));
        return socket;
    }

    private lost(socket: Socket, error: Error): void {
        if (this.socket !== socket) return;
        this.socket = undefined;
        this.waiting?.reject(error);
        this.waiting = undefined;
    }

    private read(chunk: Buffer): void {
        this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
        if (this.received.length < this.bytesNeeded) return;
        const end = this.received.indexOf(headEnd);
        if (end < 0) return;
        const head = this.received.toString("latin1", 0, end).toLowerCase();
        const length = Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0);
        this.bytesNeeded = end + headEnd.length + length;
        if (this.received.length < this.bytesNeeded) return;
        const answer = { status: Number(head.slice(9, 12)), body: this.received.subarray(end + headEnd.length) };
        this.received = Buffer.alloc(0);
        this.bytesNeeded = 0;
        if (head.includes("\r\nconnection: close")) {
            this.socket?.destroy();
            this.socket = undefined;
        }
        const { waiting } = this;
        this.waiting = undefined;
        waiting?.resolve(answer);
    }
}

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { overLimits, serverLimits } from "../../../provider/dist/simulator/requestLimits.js";
import { Simulated } from "../alibaba/simulated.ts";

/** The real limits, but shorter for the tests: a tenth of a second is slow. */
const impatient = { ...serverLimits, headersMs: 100, requestMs: 200, idleMs: 100, checkEveryMs: 20, connections: 5 };

describe("the limits of the simulator's server", () => {
    let simulator: RunningSimulator;
    let sockets: Socket[];
    beforeEach(async () => {
        sockets = [];
        simulator = await startSimulator({ clock: "frozen", limits: { ...impatient, unreadBytes: 100_000 } });
    });
    afterEach(async () => {
        for (const socket of sockets) socket.destroy();
        await simulator.close();
    });

    /** A connection with the bytes that the server has sent. */
    function open() {
        const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
        sockets.push(socket);
        const received: string[] = [];
        socket.on("data", (text) => received.push(String(text)));
        socket.on("error", () => {});
        return { socket, closed: once(socket, "close"), text: () => received.join("") };
    }

    /** Sends the parts with pauses between them until the server closes the connection. */
    async function trickle(parts: Iterable<string>): Promise<string> {
        const { socket, closed, text } = open();
        let isClosed = false;
        closed.then(() => {
            isClosed = true;
        });
        for (const part of parts) {
            if (isClosed) break;
            socket.write(part);
            await pause(20);
        }
        await closed;
        return text();
    }

    function* endless(start: string, more: string): Iterable<string> {
        yield start;
        for (let n = 0; n < 500; n++) yield more;
    }

    const slowClients: [what: string, start: string, more: string, answer: RegExp][] = [
        ["headers", "GET / HTTP/1.1\r\nHost: localhost\r\n", "X-More: 1\r\n", /^HTTP\/1\.1 408 /],
        ["a body", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n", "x", /^HTTP\/1\.1 408 /],
        ["nothing", "", "", /^HTTP\/1\.1 408 |^$/],
    ];
    for (const [what, start, more, answer] of slowClients) {
        it(`close a connection with an endless request: ${what}`, async () => {
            assert.match(await trickle(endless(start, more)), answer);
            assert.deepEqual(simulator.sim.calls.list(), []);
        });
    }

    it("close an idle connection", async () => {
        const { socket, closed, text } = open();
        socket.write("GET /v2/cloudimages HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await closed;
        assert.match(text(), /^HTTP\/1\.1 401 /);
    }).timeout(5000);

    it("limit the number of connections, and allow others after some were closed", async () => {
        const first = Array.from({ length: impatient.connections }, open);
        await Promise.all(first.map(({ socket }) => once(socket, "connect")));
        const refused = open();
        await refused.closed;
        assert.equal(refused.text(), "");
        for (const { socket } of first) socket.destroy();
        await Promise.all(first.map(({ closed }) => closed));
        assert.equal((await fetch(`${simulator.url}/v2/cloudimages`)).status, 401);
    });

    it("disconnect a follower of the call log that does not read", async () => {
        const { socket, closed } = open();
        socket.write(
            `GET /_simulator/calls/follow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${simulator.adminToken}\r\n\r\n`,
        );
        await once(socket, "data");
        socket.pause();
        const ids = ["x".repeat(50_000)];
        const call = { cloud: "alibaba", account: "", region: "", action: "a", ids, status: 200, outcome: "ok" };
        // Far more than the buffers of both sockets can hold.
        for (let n = 0; n < 1000; n++) {
            simulator.sim.calls.add(call);
            if (n % 100 === 0) await pause(1);
        }
        socket.resume();
        await closed;
    });

    it("reject more parameters and deeper bodies than any operation has, with the fields of both clouds", async () => {
        const many = Array.from({ length: 1001 }, (_, n) => `p${n}=1`).join("&");
        const form = { "content-type": "application/x-www-form-urlencoded" };
        const deep = `${"[".repeat(65)}${"]".repeat(65)}`;
        const refused: [path: string, code: string, init: RequestInit][] = [
            [`/?${many}`, "TooManyParameters", {}],
            ["/", "TooManyParameters", { method: "POST", headers: form, body: many }],
            ["/v2/cloudimages", "TooDeeplyNested", { method: "POST", body: deep }],
            ["/_simulator/faults", "TooDeeplyNested", { method: "POST", body: deep }],
            ["/v2/cloudimages", "BodyTooLarge", { method: "POST", body: "x".repeat(2 ** 20 + 1) }],
        ];
        for (const [path, code, init] of refused) {
            const response = await fetch(simulator.url + path, init);
            const body: { Code?: string; error_code?: string } = JSON.parse(await response.text());
            assert.deepEqual([body.Code, body.error_code], [code, code], path.slice(0, 40));
        }
        assert.deepEqual(simulator.sim.calls.list(), []);
    });

    it("treat brackets in strings as text, and allow the maximum of parameters and levels", () => {
        const wire = { method: "POST", path: "/", query: "", headers: {}, body: Buffer.alloc(0) };
        const fine = [
            `{"a":"${"[".repeat(500)}"}`,
            `{"a\\"":"\\\\","b":"${"{".repeat(500)}"}`,
            `${"[".repeat(64)}${"]".repeat(64)}`,
            `[${"[],".repeat(500)}[]]`,
        ];
        for (const body of fine) assert.equal(overLimits({ ...wire, body: Buffer.from(body) }), undefined, body);
        assert.equal(overLimits({ ...wire, query: "a=1&".repeat(999) }), undefined);
        assert.equal(overLimits({ ...wire, query: "a=1&".repeat(1000) })?.status, 400);
    });

    it("reject headers of more than 16 KiB", async () => {
        const { socket, closed, text } = open();
        socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${"x".repeat(17_000)}\r\n\r\n`);
        await closed;
        assert.match(text(), /^HTTP\/1\.1 431 /);
    });

    it("limit answers to the largest page, whatever was requested", async () => {
        const cloud = new Simulated(simulator);
        const { status, body } = await cloud.swas.call("ListCustomImages", { PageSize: "1000000" });
        assert.deepEqual([status, body.Code], [400, "InvalidParameter"]);
        assert.equal((await cloud.ecs.call("DescribeImages", { PageSize: "1000000" })).status, 400);
    });
});

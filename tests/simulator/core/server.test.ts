import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { parseClock } from "../../../provider/dist/simulator/core/clock.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";

describe("the simulator's server", () => {
    let simulator: RunningSimulator;
    beforeEach(async () => {
        simulator = await startSimulator({ clock: "frozen" });
    });
    afterEach(() => simulator.close());

    const admin = (path: string, init: RequestInit = {}) =>
        fetch(`${simulator.url}/_simulator${path}`, {
            ...init,
            headers: { authorization: `Bearer ${simulator.adminToken}`, ...init.headers },
        });

    /** The status of a request with headers that fetch does not send. */
    const raw = (headers: Record<string, string>, path = "/") =>
        new Promise<number | undefined>((resolve, reject) => {
            const { hostname, port } = new URL(simulator.url);
            const call = request({ hostname, port, path, headers }, (response) => {
                response.resume();
                response.once("end", () => resolve(response.statusCode));
            });
            call.once("error", reject);
            call.end();
        });

    it("shows calls, objects and the clock only with the admin token", async () => {
        for (const path of ["/calls", "/holdings", "/clock"]) {
            assert.equal((await admin(path)).status, 200);
            assert.equal((await fetch(`${simulator.url}/_simulator${path}`)).status, 401);
            assert.equal((await admin(path, { headers: { authorization: "Bearer wrong" } })).status, 401);
        }
        assert.equal((await admin("/nothing")).status, 404);
    });

    it("moves virtual time, and reports an invalid request", async () => {
        const timeOf = async (response: Response) => {
            const { now }: { now: string } = JSON.parse(await response.text());
            return Date.parse(now);
        };
        const before = await timeOf(await admin("/clock"));
        const moved = await admin("/clock", { method: "POST", body: JSON.stringify({ advanceMs: 60_000 }) });
        assert.equal((await timeOf(moved)) - before, 60_000);
        for (const body of ["", "{}", '{"advanceMs":-1}', '{"advanceMs":1e30}', "not json"]) {
            const refused = await admin("/clock", { method: "POST", body });
            assert.equal(refused.status, 400);
            assert.match(await refused.text(), /advanceMs|the body is not valid JSON/);
        }
    });

    it("answers no web page, whatever host name it used", async () => {
        assert.equal(await raw({ host: "attacker.example" }), 403);
        assert.equal(await raw({ origin: "https://attacker.example" }), 403);
        assert.notEqual(await raw({ origin: simulator.url }), 403);
        assert.notEqual(await raw({ host: "localhost" }), 403);
    });

    it("accepts a target with the whole URL, and a host with a trailing dot", async () => {
        assert.equal(await raw({ authorization: "Bearer wrong" }, `${simulator.url}/_simulator/calls`), 401);
        assert.notEqual(await raw({ host: "localhost." }), 403);
    });

    it("does not report a client that disconnects as its own failure", async () => {
        const reported: unknown[] = [];
        const quiet = await startSimulator({ onError: (error) => reported.push(error) });
        const socket = connect(Number(new URL(quiet.url).port), "127.0.0.1");
        socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc");
        await new Promise((resolve) => setTimeout(resolve, 50));
        socket.destroy();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await quiet.close();
        assert.deepEqual(reported, []);
    });

    it("rejects a body of more than 1 MiB", async () => {
        const big = await fetch(`${simulator.url}/v2/cloudimages`, {
            method: "POST",
            body: "x".repeat(1024 * 1024 + 1),
        });
        assert.equal(big.status, 413);
    });

    it("names the valid clocks", () => {
        assert.deepEqual(parseClock("scaled:2.5"), { mode: "scaled", factor: 2.5 });
        for (const wrong of ["", "fast", "scaled:", "scaled:0", "scaled:-1", "scaled:1e99"]) {
            assert.throws(() => parseClock(wrong), /use real, auto, frozen or scaled:N/);
        }
    });
});

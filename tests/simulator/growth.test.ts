import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { alibabaCloud } from "../../provider/dist/simulator/alibaba/index.js";
import { LastAnswers } from "../../provider/dist/simulator/core/lastAnswers.js";
import type { WireRequest } from "../../provider/dist/simulator/core/wire.js";
import { huaweiCloud } from "../../provider/dist/simulator/huawei/index.js";
import { openSimulation, startSimulator } from "../../provider/dist/simulator/index.js";
import { SignedClient } from "./alibaba/signedClient.ts";
import { golden as alibabaKey, web } from "./alibaba/simulated.ts";
import { random, seedOfRun } from "./core/random.ts";
import { golden } from "./huawei/client.ts";
import { sign } from "./huawei/signing.ts";

const seed = seedOfRun();

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

function heapMiB(): number {
    collect();
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
}

describe(`requests of strangers (SEED=${seed})`, () => {
    const dice = random(seed);
    const url = "http://127.0.0.1:1";
    /** Long and unique, so that thousands of stored texts would be noticed. */
    const text = () => `${dice(2 ** 31).toString(36)}-${"x".repeat(2000)}`;

    function alibabaRequest(): WireRequest {
        const key = dice(4) === 0 ? { id: text().slice(0, 1000), secret: "s" } : alibabaKey;
        const client = new SignedClient(url, key, dice(2) === 0 ? "swas" : "ecs");
        const actions = [text(), "ListSnapshots", "DescribeImages", "TagResources", "DeleteSnapshot", "CreateSnapshot"];
        const { method, headers, ...prepared } = client.prepare(actions[dice(actions.length)] ?? "", {
            RegionId: dice(3) === 0 ? text() : "cn-hangzhou",
            InstanceId: web,
            [["ImageId", "SnapshotId", text()][dice(3)] ?? ""]: text().slice(0, 1000),
        });
        const { pathname, search } = new URL(prepared.url);
        return { method, path: pathname, query: search.slice(1), headers, body: Buffer.alloc(0) };
    }

    function huaweiRequest(): WireRequest {
        const paths = [
            `/v2/images/${text()}`,
            `/v1/${golden.project}/cloudservers/${text()}`,
            `/v2/${text()}`,
            `/v1/${text()}/jobs/${text()}`,
            "/v2/cloudimages",
        ];
        const asked = { method: "GET", host: "127.0.0.1:1", path: paths[dice(paths.length)] ?? "", body: "" };
        const query = dice(2) === 0 ? { name: text() } : undefined;
        const request = { ...asked, query, headers: { "content-type": "application/json" } };
        const byToken: Record<string, string> = { host: asked.host, "x-auth-token": text() };
        const signed = { host: asked.host, ...sign(request, golden.key, new Date()) };
        const lowered = Object.entries(dice(3) === 0 ? byToken : signed).map(([name, value]) => [
            name.toLowerCase(),
            value,
        ]);
        return {
            method: "GET",
            path: asked.path,
            query: query ? `name=${query.name}` : "",
            headers: Object.fromEntries(lowered),
            body: Buffer.alloc(0),
        };
    }

    it("leave nothing in memory, however many there are", () => {
        const sim = openSimulation({ clock: "frozen", quotas: { "alibaba.swas.callsPerMinute": 1_000_000 } });
        const send = (count: number) => {
            for (let n = 0; n < count; n++) {
                assert.ok(alibabaCloud.answer(sim, alibabaRequest()).status < 500);
                assert.ok(huaweiCloud.answer(sim, huaweiRequest()).status < 500);
            }
        };
        // Until everything is loaded, compiled and at its full size.
        send(1500);
        const before = heapMiB();
        send(1500);
        const grown = heapMiB() - before;
        // One stored text for each request would be 6 MiB. Only nonces can be stored.
        assert.ok(grown < 2, `${grown.toFixed(1)} MiB after 3000 requests`);
        assert.ok(sim.calls.counts.size <= 2001);
        sim.close();
    }).timeout(60_000);

    it("leave only a limited number and size of answers", () => {
        const answers = new LastAnswers(10, 5000);
        const body = "x".repeat(1000);
        const held = () => names.filter((name) => answers.recall(name) !== undefined).length;
        const names = Array.from({ length: 50 }, (_, n) => `question ${n}`);
        for (const name of names) answers.remember(name, { status: 200, headers: {}, body: "" });
        assert.equal(held(), 10);
        for (const name of names) answers.remember(name, { status: 200, headers: {}, body });
        assert.equal(held(), 5);
        for (let n = 0; n < 50; n++) answers.remember("question 49", { status: 200, headers: {}, body });
        assert.equal(held(), 5);
    });

    it("leave nothing if they are not HTTP: they are rejected, and the next client is served", async () => {
        const failures: unknown[] = [];
        const simulator = await startSimulator({ clock: "frozen", onError: (error) => failures.push(error) });
        const port = Number(new URL(simulator.url).port);
        const heads = [
            "",
            "GET / HTTP/1.1\r\nHost: localhost\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "GET /_simulator/health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "CONNECT example.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET //../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ];
        for (let n = 0; n < 500; n++) {
            const socket = connect(port, "127.0.0.1");
            socket.on("error", () => {});
            let received = "";
            socket.on("data", (chunk) => {
                received += String(chunk);
            });
            const noise = Buffer.from(Array.from({ length: dice(200) }, () => dice(256)));
            socket.write(heads[dice(heads.length)] ?? "");
            socket.end(noise);
            await once(socket, "close");
            assert.match(received, /^$|^HTTP\/1\.1 [1234]\d\d /, `seed ${seed}, connection ${n}`);
        }
        assert.equal((await fetch(`${simulator.url}/v2/cloudimages`)).status, 401);
        await simulator.close();
        assert.deepEqual(failures, []);
    }).timeout(60_000);
});

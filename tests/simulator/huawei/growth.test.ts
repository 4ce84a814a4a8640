import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { huaweiCloud } from "../../../provider/dist/simulator/huawei/index.js";
import { openSimulation } from "../../../provider/dist/simulator/index.js";
import { bench, Client, closeAll, golden, newServer, send, serverRequest, wholeImage } from "./client.ts";
import { queryText, sign, signDerived } from "./signing.ts";

const day = 24 * 3600;

describe("huawei over a long time and under load", () => {
    afterEach(closeAll);

    it("forgets expired tokens, client tokens and ended jobs after a day", async () => {
        const world = await bench();
        const { golden: client, seconds, simulator } = world;
        const { imageId } = await wholeImage(world);
        const creation = await client.call("POST", "/v1/{pid}/cloudservers", {
            body: serverRequest(imageId),
            headers: { "x-client-token": "t" },
        });
        const user = { name: "golden-admin", password: "simulated-huawei-password-1", domain: { name: "golden" } };
        const auth = JSON.stringify({ auth: { identity: { methods: ["password"], password: { user } } } });
        await send(simulator.url, "POST", "/v3/auth/tokens", { "content-type": "application/json" }, auth);
        const kept = (kind: string) => simulator.sim.registry.list("huawei", { name: kind, isRecord: true }).length;
        const counts = () => ["huawei.token", "huawei.clientToken", "huawei.job"].map(kept);
        seconds(day - 3600);
        assert.equal((await client.job(creation.body.job_id)).status, "SUCCESS");
        assert.deepEqual(counts(), [1, 1, 2]);
        seconds(2 * day);
        await client.get("/v2/cloudimages");
        assert.deepEqual(counts(), [0, 0, 0]);
    });

    it("keeps an unfinished job and no record of ended tasks", async () => {
        const world = await bench();
        const { golden: client, seconds, simulator } = world;
        simulator.sim.faults.add({ match: { job: "huawei.wholeImage.save" }, effect: { stickJob: true } });
        const creation = await client.post("/v1/cloudimages/wholeimages/action", {
            name: "erp",
            instance_id: golden.server,
            vault_id: golden.vault,
        });
        const { body } = await client.get("/v2/cloudimages", { __imagetype: "gold" });
        await newServer(world, body.images[0].id);
        seconds(3 * day);
        assert.equal((await client.job(creation.body.job_id)).status, "RUNNING");
        const occupied = simulator.sim.registry.list("huawei", { name: "huawei.occupation", isRecord: true });
        assert.deepEqual(
            occupied.map(({ id }) => id),
            [golden.server],
        );
    });

    it("assigns unique request ids when two processes share a file", async () => {
        const folder = mkdtempSync(join(tmpdir(), "huawei-two-"));
        const data = join(folder, "state.db");
        const dist = fileURLToPath(new URL("../../../provider/dist/simulator", import.meta.url));
        // Simulates the server's work for each request, without the server.
        const script = `
            const { openSimulation } = require(${JSON.stringify(`${dist}/index.js`)});
            const { huaweiCloud } = require(${JSON.stringify(`${dist}/huawei/index.js`)});
            const sim = openSimulation({ data: ${JSON.stringify(data)} });
            const request = { method: "GET", path: "/v2/images/x", query: "", headers: {}, body: Buffer.alloc(0) };
            for (let time = 0; time < 300; time++) {
                console.log(huaweiCloud.answer(sim, request).headers["x-request-id"]);
            }
            sim.close();`;
        openSimulation({ data }).close();
        try {
            const run = () => promisify(execFile)(process.execPath, ["-e", script]);
            const outputs = await Promise.all([run(), run()]);
            const ids = outputs.flatMap(({ stdout }) => stdout.trim().split("\n"));
            assert.deepEqual([ids.length, new Set(ids).size], [600, 600]);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("answers a request in one transaction: a failure leaves nothing", () => {
        const sim = openSimulation({ clock: "frozen" });
        const before = sim.settings.get<number>("huawei.requests");
        sim.calls.add = () => {
            throw new Error("the disk is full");
        };
        const request = { method: "GET", path: "/v2/images/none", query: "", headers: {}, body: Buffer.alloc(0) };
        assert.throws(() => huaweiCloud.answer(sim, request), /disk is full/);
        assert.equal(sim.settings.get<number>("huawei.requests"), before);
        sim.close();
    });

    it("locks a key for five minutes after the number of consecutive wrong signatures in the quota", async () => {
        const { golden: client, simulator, seconds } = await bench();
        const wrong = new Client(simulator.url, golden.project, { ...golden.key, accessKeySecret: "wrong" });
        const fail = async (times: number) => {
            for (let time = 0; time < times; time++) assert.equal((await wrong.get("/v2/cloudimages")).status, 401);
        };
        await fail(6);
        assert.equal((await client.get("/v2/cloudimages")).status, 200, "off by default");
        simulator.sim.quotas.change("huawei.iam.wrongSignatures", 5);
        await fail(4);
        assert.equal((await client.get("/v2/cloudimages")).status, 200, "four, and a right one");
        await fail(4);
        assert.equal((await client.get("/v2/cloudimages")).status, 200, "counted anew");
        await fail(5);
        const locked = await client.get("/v2/cloudimages");
        assert.match(locked.body.error_msg, /AK access failed to reach the limit,forbidden/);
        seconds(299);
        assert.equal((await client.get("/v2/cloudimages")).status, 401);
        seconds(1);
        assert.equal((await client.get("/v2/cloudimages")).status, 200);
    });

    it("accepts a derived signature whose keys and pairs sort differently", async () => {
        const { simulator } = await bench();
        const query = { a: "z", "a-b": "1", ab: "2" };
        const toSign = {
            method: "GET",
            host: new URL(simulator.url).host,
            path: "/v2/cloudimages",
            query,
            headers: { "x-project-id": golden.project },
            body: "",
        };
        const headers = signDerived(toSign, golden.key, new Date());
        const answer = await send(simulator.url, "GET", `/v2/cloudimages?${queryText(query)}`, headers);
        assert.equal(answer.status, 200, answer.text);
        assert.equal(
            (
                await send(
                    simulator.url,
                    "GET",
                    "/v2/cloudimages",
                    sign({ ...toSign, query: {} }, golden.key, new Date()),
                )
            ).status,
            200,
        );
    });

    it("shows neither passwords nor secrets in the objects", async () => {
        const { objects } = await bench();
        assert.doesNotMatch(JSON.stringify(objects()), /simulated-huawei-(password|secret)/);
    });

    it("lists its rules and quotas, each once and with a source", () => {
        const { rules, quotas } = huaweiCloud;
        assert.ok(rules.length > 100, String(rules.length));
        assert.equal(new Set(rules.map(({ errorRule }) => errorRule)).size, rules.length);
        for (const { errorRule, source, code, message, status } of rules) {
            assert.ok(errorRule.length > 10 && source && code && message && status >= 400, errorRule);
            assert.doesNotMatch(message, /[{}]/);
        }
        assert.deepEqual(quotas.map(({ name, value }) => `${name}=${value}`).sort(), [
            "huawei.callsPerMinute=0",
            "huawei.iam.wrongSignatures=0",
            "huawei.ims.concurrentTasks=40",
            "huawei.ims.images=100",
            "huawei.ims.members=128",
            "huawei.ims.membersOfWholeImages=10",
            "huawei.ims.regionCopies=5",
            "huawei.ims.tags=10",
        ]);
    });
});

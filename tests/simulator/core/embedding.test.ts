import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../../provider/dist/simulator/index.js";

const root = join(import.meta.dirname, "..", "..", "..");
const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");

describe("the simulator in other test suites", () => {
    // Inside the project, so that the examples find the package by its name.
    const work = join(root, "tests", ".work", `embedding-${process.pid}`);
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    before(() => mkdirSync(work, { recursive: true }));
    after(() => {
        rmSync(work, { recursive: true, force: true });
        rmSync(folder, { recursive: true, force: true });
    });

    /** The examples of the documentation by file name. */
    function examples(): Map<string, string> {
        const text = readFileSync(join(root, "provider", "docs", "testing.md"), "utf8");
        const found = text.matchAll(/^```ts file=(\S+)\n(.*?)^```$/gms);
        return new Map([...found].map(([, name = "", code = ""]) => [name, code]));
    }

    it("works as documented, with node:test and with mocha", () => {
        const known = examples();
        assert.deepEqual([...known.keys()], ["images.node.test.ts", "clock.mocha.test.ts"]);
        for (const [name, code] of known) {
            writeFileSync(join(work, name), code);
            const runner = name.includes(".mocha.") ? [mocha] : ["--test"];
            const ran = spawnSync(process.execPath, [...runner, join(work, name)], {
                encoding: "utf8",
                env: { ...process.env, NODE_TEST_CONTEXT: undefined },
            });
            assert.equal(ran.status, 0, ran.stdout + ran.stderr);
            assert.match(ran.stdout, /1 passed, 0 failed|pass 1/);
        }
    }).timeout(60_000);

    it("leaves nothing after close: no port, no file, no pending answer; a second close does nothing", async () => {
        const data = join(folder, "clouds.db");
        const simulator = await startSimulator({ data, clock: "auto" });
        simulator.sim.faults.add({ match: {}, effect: { latencyMs: 600_000 } });
        const late = fetch(`${simulator.url}/v3/auth/tokens`, {
            method: "POST",
            body: JSON.stringify({ auth: { identity: { methods: ["password"], password: { user: {} } } } }),
        }).catch(() => "no answer");
        while (simulator.sim.calls.list().length === 0) await new Promise(setImmediate);
        await Promise.all([simulator.close(), simulator.close()]);
        assert.equal(await late, "no answer");
        await simulator.close();
        await assert.rejects(fetch(simulator.url));
        assert.deepEqual(readdirSync(folder), ["clouds.db"]);
    });

    it("lets its process exit, whatever is pending", () => {
        const script = `
            const { startSimulator } = require("pulumi-machine-images/simulator");
            (async () => {
                const simulators = await Promise.all([1, 2, 3].map((seed) => startSimulator({ seed })));
                const ask = ({ url }) => fetch(url + "/v3/auth/tokens", { method: "POST", body: "{}" });
                await Promise.all(simulators.map(ask));
                for (const { sim } of simulators) sim.faults.add({ match: {}, effect: { latencyMs: 600_000 } });
                const late = simulators.map((simulator) => ask(simulator).catch(() => "no answer"));
                while (simulators.some(({ sim }) => sim.calls.list().length < 2)) await new Promise(setImmediate);
                await Promise.all(simulators.map((simulator) => simulator.close()));
                await Promise.all(late);
                console.log("closed", new Set(simulators.map(({ url }) => url)).size);
            })();
        `;
        const options = { cwd: join(root, "tests"), encoding: "utf8", timeout: 10_000 } as const;
        assert.equal(execFileSync(process.execPath, ["-e", script], options), "closed 3\n");
    });

    it("reports an invalid option, and leaves nothing then either", async () => {
        const wrong = [
            { clock: "fast" },
            { quotas: { nothing: 1 } },
            { host: "192.0.2.1" },
            { data: join(folder, "no", "x.db") },
        ];
        for (const options of wrong) await assert.rejects(startSimulator(options), { name: "UserError" });
        const { close, url } = await startSimulator({});
        await assert.rejects(startSimulator({ port: Number(new URL(url).port) }), /another program uses the port/);
        await close();
    });
});

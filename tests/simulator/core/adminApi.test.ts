import assert from "node:assert/strict";
import { adminRoutes } from "../../../provider/dist/simulator/admin/routes.js";
import { CallLog } from "../../../provider/dist/simulator/core/callLog.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { golden, Simulated } from "../alibaba/simulated.ts";

describe("the admin API and its descriptions", () => {
    let simulator: RunningSimulator;
    beforeEach(async () => {
        simulator = await startSimulator({ clock: "frozen" });
    });
    afterEach(() => simulator.close());

    const ask = (method: string, path: string, init: RequestInit = {}) =>
        fetch(`${simulator.url}/_simulator${path}`, {
            method,
            headers: { authorization: `Bearer ${simulator.adminToken}` },
            ...init,
        });
    const call = (action: string, outcome = "ok") =>
        simulator.sim.calls.add({
            cloud: "alibaba",
            account: golden.account,
            region: "here",
            action,
            ids: [],
            status: 200,
            outcome,
        });

    interface Operation {
        summary: string;
        parameters?: { name: string; in: string; schema: { type: string } }[];
        requestBody?: { content: Record<string, { schema: object }> };
        responses: Record<string, { description: string; content?: Record<string, object> }>;
    }

    it("match: no missing and no additional route, with types, bodies and parameters", async () => {
        const description: { openapi: string; paths: Record<string, Record<string, Operation>> } = JSON.parse(
            await (await ask("GET", "/openapi.json")).text(),
        );
        assert.match(description.openapi, /^3\.1\./);
        const described = Object.entries(description.paths).flatMap(([path, methods]) =>
            Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace("/_simulator", "")}`),
        );
        const routes = adminRoutes.map(({ method, path }) => `${method} ${path}`);
        assert.deepEqual(described.sort(), [...routes, "GET /calls/follow", "GET /openapi.json"].sort());
        for (const [path, methods] of Object.entries(description.paths)) {
            for (const [method, { parameters = [], requestBody, responses }] of Object.entries(methods)) {
                const name = `${method.toUpperCase()} ${path}`;
                const stop = new AbortController();
                const unauthorized = await fetch(simulator.url + path, { method: method.toUpperCase() });
                assert.equal(unauthorized.status, 401, name);
                assert.ok(responses["401"], name);
                const own = path.replace("/_simulator", "");
                const answer = await ask(method.toUpperCase(), own, { signal: stop.signal });
                const type = Object.keys(responses["200"]?.content ?? {})[0] ?? "";
                if (requestBody) {
                    assert.equal(answer.status, 400, `${name} requires a body`);
                    assert.ok(requestBody.content["application/json"]?.schema, name);
                } else {
                    assert.equal(answer.status, 200, name);
                    assert.ok(answer.headers.get("content-type")?.startsWith(type), `${name}: ${type}`);
                }
                stop.abort();
                await answer.body?.cancel().catch(() => {});
                for (const parameter of parameters) assert.equal(parameter.in, "query", name);
                if (parameters.length > 0) assert.equal((await ask("GET", `${own}?nonsense=1`)).status, 400, name);
            }
        }
    });

    it("filter calls by every field, and limit their number", async () => {
        for (const name of ["a", "b", "a", "c", "a"]) call(name, name === "c" ? "Broken" : "ok");
        const listed = async (query: string) => {
            const { calls }: { calls: { action: string; seq: number }[] } = JSON.parse(
                await (await ask("GET", `/calls?${query}`)).text(),
            );
            return calls.map(({ action, seq }) => `${action}${seq}`);
        };
        assert.deepEqual(await listed("action=a&limit=2"), ["a1", "a3"]);
        assert.deepEqual(await listed("action=a&after=1"), ["a3", "a5"]);
        assert.deepEqual(await listed("outcome=Broken"), ["c4"]);
        assert.deepEqual(await listed(`account=${golden.account}&region=there`), []);
        for (const wrong of ["limit=0", "limit=10001", "after=-1", "after=x", "actoin=a"]) {
            assert.equal((await ask("GET", `/calls?${wrong}`)).status, 400, wrong);
        }
    });

    it("stream to a follower only the calls that it requested", async () => {
        const stop = new AbortController();
        const response = await ask("GET", "/calls/follow?action=wanted", { signal: stop.signal });
        const reader = response.body?.getReader();
        for (const action of ["other", "wanted", "other"]) call(action);
        const { value } = (await reader?.read()) ?? {};
        assert.match(Buffer.from(value ?? []).toString(), /^data: \{[^\n]*"action":"wanted"[^\n]*\}\n\n$/);
        stop.abort();
        await reader?.cancel().catch(() => {});
    });

    it("list worlds, and load one, to which later resets return", async () => {
        const { worlds }: { worlds: { name: string }[] } = JSON.parse(await (await ask("GET", "/worlds")).text());
        assert.deepEqual(
            worlds.map(({ name }) => name),
            ["default", "empty"],
        );
        const servers = async () => {
            const { TotalCount } = await new Simulated(simulator).swas.ok("ListInstances");
            return TotalCount;
        };
        const load = (name: string) => ask("POST", "/worlds", { body: JSON.stringify({ name }) });
        assert.equal(await servers(), 4);
        assert.equal((await load("empty")).status, 200);
        assert.equal(await servers(), 0);
        await ask("POST", "/reset");
        assert.equal(await servers(), 0);
        await load("default");
        assert.equal(await servers(), 4);
        const unknown = await load("mars");
        assert.equal(unknown.status, 400);
        assert.match(await unknown.text(), /unknown world mars: use one of default, empty/);
    });

    it("name the problem of a fault in one line", async () => {
        const wrong: [errorRule: object, message: string][] = [
            [{ effect: { nonsense: 1 } }, "effect: use one of "],
            [{ match: { nht: 1 }, effect: { html: 502 } }, 'match: Unrecognized key: "nht"'],
            [{ effect: { html: 200 } }, "effect.html: Too small"],
            [{ action: "x" }, "status: "],
        ];
        for (const [errorRule, expected] of wrong) {
            const answer = await ask("POST", "/faults", { body: JSON.stringify(errorRule) });
            const { message }: { message: string } = JSON.parse(await answer.text());
            assert.ok(message.includes(expected), message);
            assert.doesNotMatch(message, /\n/);
        }
    });

    it("have metrics in the Prometheus format, whatever the names of actions", async () => {
        const strange = 'swas.A"b\\c\nd{e="f"} 1';
        call(strange);
        const text = await (await ask("GET", "/metrics")).text();
        assert.ok(text.endsWith("\n"));
        const label = '[a-z_]+="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
        const sample = new RegExp(`^([a-z_]+)(?:\\{${label}(?:,${label})*\\})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)$`);
        const typed = new Set<string>();
        for (const line of text.trimEnd().split("\n")) {
            const [, name] = /^# TYPE ([a-z_]+) (?:counter|gauge)$/.exec(line) ?? [];
            if (name) {
                assert.ok(!typed.has(name), `${name} has two types`);
                typed.add(name);
            } else if (!line.startsWith("# HELP ")) {
                assert.ok(typed.has(sample.exec(line)?.[1] ?? ""), line);
            }
        }
        assert.ok(typed.size >= 4);
        assert.ok(text.includes('{action="swas.A\\"b\\\\c\\nd{e=\\"f\\"} 1",outcome="ok"} 1'), text);
    });

    it("have a limit of separately counted actions, and count all calls", () => {
        const log = new CallLog(simulator.sim.database, () => 0);
        for (let n = 0; n < 3000; n++) {
            log.add({
                cloud: "alibaba",
                account: "",
                region: "",
                action: `unknown.${n}`,
                ids: [],
                status: 404,
                outcome: "No",
            });
        }
        assert.ok(log.counts.size <= 2001);
        assert.equal(
            [...log.counts.values()].reduce((sum, count) => sum + count),
            3000,
        );
    });
});

import assert from "node:assert/strict";
import { kind } from "../../../provider/dist/simulator/core/kinds.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";

describe("the simulator's admin API", () => {
    let simulator: RunningSimulator;
    beforeEach(async () => {
        simulator = await startSimulator({ clock: "frozen" });
    });
    afterEach(() => simulator.close());

    async function admin<T>(method: string, path: string, body?: unknown): Promise<T> {
        const response = await fetch(`${simulator.url}/_simulator${path}`, {
            method,
            headers: { authorization: `Bearer ${simulator.adminToken}` },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await response.text();
        assert.equal(response.status, 200, text);
        const value: T = JSON.parse(text);
        return value;
    }

    interface Dump {
        objects: { kind: string; id: string }[];
        jobs: unknown[];
    }

    it("dumps the state, loads it again, and returns equal hashes for equal states", async () => {
        const { hash } = await admin<{ hash: string }>("GET", "/state/hash");
        const dump = await admin<Dump>("GET", "/state");
        const [first, ...others] = dump.objects;
        assert.ok(first);
        const changed = await admin<{ hash: string }>("POST", "/state", { ...dump, objects: others });
        assert.notEqual(changed.hash, hash);
        assert.equal((await admin<Dump>("GET", "/state")).objects.length, others.length);
        assert.equal((await admin<{ hash: string }>("POST", "/state", dump)).hash, hash);
    });

    it("continues after a dump from a simulation that was ahead: new objects are younger than loaded ones", async () => {
        const scope = { cloud: "alibaba", account: "1000000000000001", region: "cn-hangzhou" } as const;
        const thing = kind<object>("test.thing");
        assert.deepEqual(simulator.sim.store(scope).list(thing), []);
        const { objects } = await admin<Dump>("GET", "/state");
        const ahead = { ...scope, kind: thing.name, id: "z", seq: 1_000_000, body: {} };
        await admin("POST", "/state", {
            objects: [...objects, ahead],
            jobs: [{ ...scope, kind: "test.job", seq: 1_000_001, dueAt: 9e12, body: {} }],
        });
        simulator.sim.schedule(kind<object>("test.job"), scope, 9e12, {});
        simulator.sim.store(scope).put(thing, "a", {});
        const ids = simulator.sim.store(scope).list(thing);
        assert.deepEqual(
            ids.map(({ id }) => id),
            ["z", "a"],
        );
    });

    it("resets the clouds to the world that they started with, including ids", async () => {
        const { hash } = await admin<{ hash: string }>("GET", "/state/hash");
        const drawn = simulator.sim.ids.hex();
        await admin("POST", "/state", { objects: [], jobs: [] });
        await admin("POST", "/faults", { match: {}, effect: { html: 502 } });
        assert.equal((await admin<{ hash: string }>("POST", "/reset")).hash, hash);
        assert.deepEqual(await admin("GET", "/faults"), { faults: [] });
        assert.equal(simulator.sim.ids.hex(), drawn);
        simulator.reset();
        assert.equal((await admin<{ hash: string }>("GET", "/state/hash")).hash, hash);
    });

    it("shows no key, no password and no token", async () => {
        const secrets = simulator.accounts.flatMap(({ keys, users = [] }) => [
            ...keys.map(({ accessKeySecret }) => accessKeySecret),
            ...users.map(({ password }) => password),
        ]);
        assert.ok(secrets.length >= 4);
        for (const path of ["/state", "/holdings", "/calls", "/faults", "/quotas", "/health"]) {
            const shown = JSON.stringify(await admin("GET", path));
            for (const secret of secrets) assert.ok(!shown.includes(secret), `${path} shows ${secret}`);
        }
    });

    it("lists and changes quotas, and names the existing ones", async () => {
        interface Quotas {
            quotas: { name: string; value: number; isSet: boolean }[];
        }
        const { quotas } = await admin<Quotas>("GET", "/quotas");
        const name = quotas[0]?.name ?? "";
        const changed = await admin<Quotas>("POST", "/quotas", { [name]: 7 });
        assert.deepEqual(changed.quotas.find((quota) => quota.name === name)?.value, 7);
        await assert.rejects(admin("POST", "/quotas", { nothing: 1 }), /unknown quota nothing: use one of/);
    });

    it("counts calls in the Prometheus format, and filters them", async () => {
        await fetch(`${simulator.url}/v2/cloudimages`);
        await admin("GET", "/calls?cloud=huawei").then((shown) =>
            assert.match(JSON.stringify(shown), /ims\.ListImages/),
        );
        assert.deepEqual(await admin("GET", "/calls?cloud=alibaba"), { calls: [] });
        const response = await fetch(`${simulator.url}/_simulator/metrics`, {
            headers: { authorization: `Bearer ${simulator.adminToken}` },
        });
        const text = await response.text();
        assert.match(text, /^machine_images_calls_total\{action="ims\.ListImages",outcome="APIGW\.0301"\} 1$/m);
        assert.match(text, /^process_resident_memory_bytes \d+$/m);
    });

    it("streams calls to followers", async () => {
        const stop = new AbortController();
        const response = await fetch(`${simulator.url}/_simulator/calls/follow`, {
            headers: { authorization: `Bearer ${simulator.adminToken}` },
            signal: stop.signal,
        });
        const reader = response.body?.getReader();
        assert.ok(reader);
        await fetch(`${simulator.url}/v2/cloudimages`);
        const { value } = await reader.read();
        assert.match(Buffer.from(value ?? []).toString(), /^data: \{.*"action":"ims\.ListImages".*\}\n\n$/);
        stop.abort();
        await reader.cancel().catch(() => {});
    });

    it("describes every path of itself in OpenAPI", async () => {
        const { paths } = await admin<{ paths: Record<string, object> }>("GET", "/openapi.json");
        for (const path of ["clock", "faults", "quotas", "state", "reset", "metrics", "calls/follow", "openapi.json"]) {
            assert.ok(`/_simulator/${path}` in paths, path);
        }
    });
});

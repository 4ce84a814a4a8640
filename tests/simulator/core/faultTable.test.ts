import assert from "node:assert/strict";
import { stateHash } from "../../../provider/dist/simulator/core/stateDump.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { SignedClient } from "../alibaba/signedClient.ts";
import { golden as alibabaKey, partner as alibabaPartner, minute, web } from "../alibaba/simulated.ts";
import { Client, golden, partner } from "../huawei/client.ts";

interface Answer {
    readonly status: number;
    readonly text: string;
    readonly headers: Headers | Record<string, string>;
}

/** One cloud in these tests. */
interface Cloud {
    readonly account: string;
    /** An id in the write request. */
    readonly resource: string;
    /** Shows the number of objects that `write` creates. */
    read(): Promise<Answer>;
    write(): Promise<Answer>;
    /** A read of another account. */
    readAsPartner(): Promise<Answer>;
    /** The status of the object that `write` created, after its job is due. */
    result(): Promise<string>;
    readonly actions: { readonly read: string; readonly write: string };
    readonly throttled: readonly [status: number, text: RegExp];
    readonly refusedAs: (code: string) => RegExp;
    readonly results: { readonly done: RegExp; readonly failed: RegExp; readonly stuck: RegExp };
}

let simulator: RunningSimulator;

function alibaba(): Cloud {
    const client = new SignedClient(simulator.url, alibabaKey, "swas");
    const list = () => client.call("ListSnapshots", { InstanceId: web });
    return {
        account: alibabaKey.account,
        resource: web,
        read: list,
        write: async () => {
            const { Disks } = await client.ok("ListDisks", { InstanceId: web, DiskType: "system" });
            return client.call("CreateSnapshot", { DiskId: Disks[0].DiskId, SnapshotName: "one" });
        },
        readAsPartner: () => new SignedClient(simulator.url, alibabaPartner, "swas").call("ListSnapshots"),
        result: async () => {
            simulator.sim.advance(60 * minute);
            return (await list()).text;
        },
        actions: { read: "swas.ListSnapshots", write: "swas.CreateSnapshot" },
        throttled: [400, /"Code":"Throttling.User"/],
        refusedAs: (code) => new RegExp(`"Code":"${code}"`),
        results: { done: /"Status":"accomplished"/, failed: /"Status":"failed"/, stuck: /"Status":"progressing"/ },
    };
}

function huawei(): Cloud {
    const client = new Client(simulator.url, golden.project, golden.key);
    const list = () => client.get("/v2/cloudimages", { __imagetype: "private" });
    let jobId = "";
    return {
        account: golden.domain,
        resource: "none",
        read: list,
        write: async () => {
            const body = { name: "erp", instance_id: golden.server, vault_id: golden.vault };
            const answer = await client.post("/v1/cloudimages/wholeimages/action", body);
            jobId = answer.body?.job_id;
            return answer;
        },
        readAsPartner: () => new Client(simulator.url, partner.project, partner.key).get("/v2/cloudimages"),
        result: async () => {
            simulator.sim.advance(60 * minute);
            return (await client.get(`/v1/{pid}/jobs/${jobId}`)).text;
        },
        actions: { read: "ims.ListImages", write: "ims.CreateWholeImage" },
        throttled: [429, /"error_code":"APIGW.0308"/],
        refusedAs: (code) => new RegExp(`"code":"${code}"`),
        results: { done: /"status":"SUCCESS"/, failed: /"status":"FAIL"/, stuck: /"status":"(RUNNING|INIT)"/ },
    };
}

for (const [name, connect] of Object.entries({ alibaba, huawei })) {
    describe(`faults of ${name}`, () => {
        let cloud: Cloud;
        const failures: unknown[] = [];
        beforeEach(async () => {
            simulator = await startSimulator({ clock: "frozen", onError: (error) => failures.push(error) });
            cloud = connect();
        });
        afterEach(async () => {
            await simulator.close();
            assert.deepEqual(failures.splice(0), []);
        });

        const hash = () => stateHash(simulator.sim.database);
        const onWrite = (effect: object, times = 1) =>
            simulator.sim.faults.add(
                JSON.parse(JSON.stringify({ match: { action: cloud.actions.write }, effect, times })),
            );
        const hits = () => simulator.sim.faults.list().map((fault) => fault.hits);
        const broken = "unreadable answer";

        /** The answer for the client, and whether the work was done. */
        async function outcomeOf(effect: object) {
            onWrite(effect);
            const before = hash();
            const answer = await cloud.write().catch((): "unreadable answer" => broken);
            assert.deepEqual(hits(), [1]);
            return { answer, isDone: hash() !== before };
        }

        const table: [effect: object, isDone: boolean, seen: "broken" | (() => [number, RegExp])][] = [
            [{ latencyMs: 20 }, true, () => [200, /./]],
            [{ throttle: {} }, false, () => [cloud.throttled[0], cloud.throttled[1]]],
            [
                { refuse: { status: 500, code: "InternalError", message: "m" } },
                false,
                () => [500, cloud.refusedAs("InternalError")],
            ],
            [
                { refuse: { status: 403, code: "Forbidden.X", message: "m" } },
                false,
                () => [403, cloud.refusedAs("Forbidden.X")],
            ],
            [{ html: 502 }, false, "broken"],
            [{ reset: "before" }, false, "broken"],
            [{ reset: "after" }, true, "broken"],
            [{ truncate: true }, true, "broken"],
        ];
        for (const [effect, isDone, seen] of table) {
            it(`${JSON.stringify(effect)} ${isDone ? "keeps the work" : "prevents the work"}, once`, async () => {
                const outcome = await outcomeOf(effect);
                assert.equal(outcome.isDone, isDone);
                if (seen === "broken") assert.equal(outcome.answer, broken);
                else {
                    assert.ok(outcome.answer !== broken);
                    const [status, text] = seen();
                    assert.equal(outcome.answer.status, status);
                    assert.match(outcome.answer.text, text);
                }
                assert.equal((await cloud.read()).status, 200);
                const { calls } = simulator.sim;
                assert.equal(calls.list().filter(({ action }) => action === cloud.actions.write).length, 1);
            });
        }

        it("stale: a read returns its previous answer, and then the current one", async () => {
            simulator.sim.faults.add({ match: { action: cloud.actions.read, nth: 2 }, effect: { stale: true } });
            const before = await cloud.read();
            await cloud.write();
            simulator.sim.advance(60 * minute);
            assert.equal((await cloud.read()).text, before.text);
            assert.notEqual((await cloud.read()).text, before.text);
        });

        const jobs: [effect: object | undefined, result: "done" | "failed" | "stuck"][] = [
            [undefined, "done"],
            [{ failJob: "no space" }, "failed"],
            [{ stickJob: true }, "stuck"],
        ];
        for (const [effect, result] of jobs) {
            it(`a job with ${JSON.stringify(effect) ?? "no fault"} is ${result}`, async () => {
                const match = { cloud: name };
                if (effect) simulator.sim.faults.add(JSON.parse(JSON.stringify({ match, effect })));
                assert.equal((await cloud.write()).status, 200);
                assert.match(await cloud.result(), cloud.results[result]);
            });
        }

        it("match by cloud, account, action, resource, nth and times", async () => {
            const other = name === "alibaba" ? "huawei" : "alibaba";
            const match = (fields: object, times?: number) => {
                simulator.sim.faults.clear();
                const fault = { match: fields, effect: { throttle: {} }, times };
                simulator.sim.faults.add(JSON.parse(JSON.stringify(fault)));
            };
            const statuses = async (count: number) => {
                const seen: boolean[] = [];
                for (let n = 0; n < count; n++) seen.push((await cloud.read()).status === cloud.throttled[0]);
                return seen;
            };
            const cases: [fields: object, times: number | undefined, seen: boolean[]][] = [
                [{}, undefined, [true, true, true]],
                [{ cloud: name }, undefined, [true, true, true]],
                [{ cloud: other }, undefined, [false, false, false]],
                [{ account: cloud.account }, undefined, [true, true, true]],
                [{ account: "another" }, undefined, [false, false, false]],
                [{ action: cloud.actions.read }, undefined, [true, true, true]],
                [{ action: cloud.actions.write }, undefined, [false, false, false]],
                [{ nth: 2 }, undefined, [false, true, false]],
                [{}, 2, [true, true, false]],
                [{ probability: 0 }, undefined, [false, false, false]],
                [{ probability: 1 }, undefined, [true, true, true]],
                [{ resource: "nothing-here" }, undefined, [false, false, false]],
            ];
            for (const [fields, times, seen] of cases) {
                match(fields, times);
                assert.deepEqual(await statuses(3), seen, JSON.stringify({ fields, times }));
            }
            match({ account: cloud.account });
            assert.equal((await cloud.readAsPartner()).status, 200);
        });

        it("have the same effects with equal seeds, and others with another", async () => {
            async function history(seed: number): Promise<string> {
                await simulator.close();
                simulator = await startSimulator({ clock: "frozen", seed });
                cloud = connect();
                simulator.sim.faults.add({ match: { probability: 0.5 }, effect: { throttle: {} } });
                let seen = "";
                for (let n = 0; n < 24; n++) seen += (await cloud.read()).status === 200 ? "." : "x";
                return seen;
            }
            const first = await history(3);
            assert.equal(await history(3), first);
            assert.notEqual(await history(4), first);
        });
    });
}

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kind, type Scope } from "../../../provider/dist/simulator/core/kinds.js";
import { Simulation } from "../../../provider/dist/simulator/core/simulation.js";
import { random, seedOfRun } from "./random.ts";

interface Thing {
    size: number;
    parts?: string[];
}

const kinds = [kind<Thing>("test.thing"), kind<Thing>("test.note", { isRecord: true })];
const scopes: Scope[] = [
    { cloud: "alibaba", account: "1", region: "here" },
    { cloud: "alibaba", account: "1", region: "there" },
    { cloud: "alibaba", account: "2", region: "here" },
    { cloud: "huawei", account: "1", region: "here" },
];
const ids = ["a", "b", "c", "d", "e", "f"];
const names = ["x", "y", "z"];
const seed = seedOfRun();

class Undone extends Error {}

/** Plain data that every simulation on the file must equal. */
interface Model {
    /** Oldest first. */
    objects: { scope: number; kind: number; id: string; value: Thing }[];
    settings: Record<string, number>;
}

describe(`the memory of a simulation (SEED=${seed})`, () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const open = (path: string) => new Simulation({ path, seed: 1, clock: { mode: "frozen" }, wallNow: () => 0 });

    function things(sim: Simulation) {
        const thing = kind<Thing>("test.thing");
        const store = sim.store({ cloud: "alibaba", account: "1", region: "here" });
        return { thing, store, stored: () => store.list(thing).map(({ id }) => id) };
    }

    function assertHolds(sim: Simulation, model: Model, when: string): void {
        kinds.forEach((thing, kindIndex) => {
            scopes.forEach((scope, scopeIndex) => {
                const expected = model.objects.filter((one) => one.scope === scopeIndex && one.kind === kindIndex);
                const store = sim.store(scope);
                assert.deepEqual(
                    store.list(thing).map(({ id, value }) => [id, value]),
                    expected.map(({ id, value }) => [id, value]),
                    when,
                );
                const sizes = new Set(expected.map(({ value }) => value.size));
                for (const size of [...sizes, -1]) {
                    assert.deepEqual(
                        store
                            .where(thing, "size", size)
                            .slice()
                            .map(({ id }) => id),
                        expected.filter(({ value }) => value.size === size).map(({ id }) => id),
                        when,
                    );
                }
                assert.deepEqual(
                    store.some(thing, ids.slice(2)).map(({ id }) => id),
                    expected.map(({ id }) => id).filter((id) => ids.indexOf(id) >= 2),
                    when,
                );
                for (const id of ids) {
                    assert.deepEqual(store.get(thing, id), expected.find((one) => one.id === id)?.value, when);
                }
            });
            const ofOthers = model.objects.filter((one) => one.kind === kindIndex && one.scope === 2);
            assert.deepEqual(
                sim.registry.ofOthers(thing, { cloud: "alibaba", account: "1", region: "here" }).map(({ id }) => id),
                ofOthers.map(({ id }) => id),
                when,
            );
            const ofOne = model.objects.filter(
                (one) => one.kind === kindIndex && scopes[one.scope]?.cloud === "alibaba" && one.scope < 2,
            );
            assert.deepEqual(
                sim.registry.list("alibaba", thing, "1").map(({ id, value }) => [id, value]),
                ofOne.map(({ id, value }) => [id, value]),
                when,
            );
        });
        for (const name of names) assert.equal(sim.settings.get(`test.${name}`), model.settings[name], when);
    }

    it("equals plain data after changes, nested errors and writes of other processes", function () {
        this.timeout(30_000);
        const dice = random(seed);
        const path = join(folder, "random.db");
        const sims = [open(path), open(path), open(path)];
        let model: Model = { objects: [], settings: {} };

        function change(sim: Simulation): void {
            const scope = dice(scopes.length);
            const kindIndex = dice(kinds.length);
            const id = ids[dice(ids.length)] ?? "a";
            const place = scopes[scope];
            const thing = kinds[kindIndex];
            assert.ok(place && thing);
            const store = sim.store(place);
            const known = model.objects.find((one) => one.scope === scope && one.kind === kindIndex && one.id === id);
            const what = dice(5);
            if (what === 0) {
                const name = names[dice(names.length)] ?? "x";
                model.settings[name] = dice(1000);
                sim.settings.set(`test.${name}`, model.settings[name]);
            } else if (what === 1) {
                assert.equal(store.delete(thing, id), known !== undefined);
                model.objects = model.objects.filter((one) => one !== known);
            } else if (what === 2) {
                const size = dice(4);
                store.change(thing, id, { size });
                if (known) known.value = { ...known.value, size };
            } else {
                const value = { size: dice(4), parts: [id, String(what)] };
                store.put(thing, id, value);
                if (known) known.value = value;
                else model.objects.push({ scope, kind: kindIndex, id, value });
            }
        }

        function transaction(sim: Simulation, depth: number): void {
            const before = structuredClone(model);
            try {
                sim.database.transaction(() => {
                    const changes = dice(6);
                    for (let n = 0; n < changes; n++) {
                        if (dice(3) === 0 && depth < 4) transaction(sim, depth + 1);
                        else change(sim);
                    }
                    if (dice(8) === 0) assertHolds(sim, model, "inside a transaction");
                    if (dice(3) === 0) throw new Undone();
                });
            } catch (error) {
                if (!(error instanceof Undone)) throw error;
                model = before;
            }
        }

        for (let round = 0; round < 1500; round++) {
            const sim = sims[dice(sims.length)];
            assert.ok(sim);
            if (dice(4) === 0) change(sim);
            else transaction(sim, 0);
            if (dice(10) === 0) for (const one of sims) assertHolds(one, model, `after round ${round}`);
        }
        for (const one of sims) one.close();
        const again = open(path);
        assertHolds(again, model, "after a restart");
        again.close();
    });

    it("can be changed only by storing", () => {
        const sim = open(":memory:");
        const { store, thing } = things(sim);
        store.put(thing, "a", { size: 1, parts: ["p"] });
        const value = store.get(thing, "a");
        assert.throws(() => value?.parts?.push("q"), TypeError);
        assert.deepEqual(store.get(thing, "a"), { size: 1, parts: ["p"] });
        sim.close();
    });

    it("equals the file when the disk is full", () => {
        const path = join(folder, "full.db");
        const sim = open(path);
        const { store, thing, stored } = things(sim);
        store.put(thing, "before", { size: 1 });
        const pages = Number(sim.database.get("PRAGMA page_count")?.page_count);
        sim.database.run(`PRAGMA max_page_count = ${pages + 4}`);
        const large = () => store.put(thing, "large", { size: 1, parts: ["x".repeat(20_000)] });
        assert.throws(large, /full/);
        // Inside another transaction, SQLite can undo this step alone or roll back everything.
        assert.throws(() =>
            sim.database.transaction(() => {
                store.put(thing, "first", { size: 2 });
                assert.throws(() => sim.database.transaction(large), /full/);
                store.put(thing, "last", { size: 3 });
                throw new Undone();
            }),
        );
        assert.deepEqual(stored(), ["before"]);
        sim.close();
        const again = open(path);
        assert.deepEqual(things(again).stored(), ["before"]);
        again.close();
    });

    it("equals the file when SQLite rolls back a transaction on its own", () => {
        const path = join(folder, "lost.db");
        const sim = open(path);
        const { store, thing, stored } = things(sim);
        store.put(thing, "before", { size: 1 });
        const giveUp = () => {
            store.put(thing, "lost", { size: 2 });
            sim.database.run("ROLLBACK");
            throw new Undone();
        };
        const lost = /SQLite rolled back the transaction/;
        assert.throws(
            () =>
                sim.database.transaction(() => {
                    assert.throws(() => sim.database.transaction(giveUp), Undone);
                    assert.throws(() => store.put(thing, "after", { size: 3 }), lost);
                }),
            lost,
        );
        assert.deepEqual(stored(), ["before"]);
        store.put(thing, "next", { size: 4 });
        sim.close();
        const again = open(path);
        assert.deepEqual(things(again).stored(), ["before", "next"]);
        again.close();
    });

    it("reports a call only after it is committed", () => {
        const sim = open(":memory:");
        const heard: string[] = [];
        sim.calls.subscribe(({ action }) => heard.push(action));
        const call = (action: string) =>
            sim.calls.add({ cloud: "alibaba", account: "", region: "", action, ids: [], status: 200, outcome: "ok" });
        sim.database.transaction(() => {
            call("kept");
            assert.throws(() =>
                sim.database.transaction(() => {
                    call("undone");
                    throw new Undone();
                }),
            );
            assert.deepEqual(heard, []);
        });
        assert.deepEqual(heard, ["kept"]);
        assert.deepEqual(
            sim.calls.list().map(({ action }) => action),
            ["kept"],
        );
        sim.close();
    });
});

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ApiError } from "../../../provider/dist/simulator/core/apiError.js";
import { kind } from "../../../provider/dist/simulator/core/kinds.js";
import { Simulation } from "../../../provider/dist/simulator/core/simulation.js";

interface Thing {
    status: string;
    size?: number;
}

const thing = kind<Thing>("test.thing");
const note = kind<Thing>("test.note", { isRecord: true });
const ripen = kind<{ thingId: string }>("test.ripen");
const scope = { cloud: "alibaba", account: "1", region: "here" } as const;

describe("the simulation's state", () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const wall = 1_000_000;
    const open = (path = ":memory:", clock?: "frozen" | "auto" | "real", seed = 1) => {
        const sim = new Simulation({ path, seed, clock: clock && { mode: clock }, wallNow: () => wall });
        sim.onJob(ripen, ({ store, body, failure }) => {
            store.change(thing, body.thingId, { status: failure ?? "ripe" });
        });
        return sim;
    };

    it("stores objects by account and region, in order of creation", () => {
        const sim = open();
        const store = sim.store(scope);
        for (const id of ["b", "a", "c"]) store.put(thing, id, { status: "new" });
        store.put(thing, "a", { status: "changed" });
        store.change(thing, "a", { size: 3 });
        store.change(thing, "nothing", { size: 3 });
        assert.deepEqual(
            store.list(thing).map(({ id }) => id),
            ["b", "a", "c"],
        );
        assert.deepEqual(store.get(thing, "a"), { status: "changed", size: 3 });
        for (const other of [
            { ...scope, account: "2" },
            { ...scope, region: "there" },
        ]) {
            assert.equal(sim.store(other).get(thing, "a"), undefined);
            assert.deepEqual(sim.store(other).list(thing), []);
            assert.equal(sim.store(other).delete(thing, "a"), false);
        }
        assert.equal(sim.registry.find("alibaba", thing, "a")?.scope.account, "1");
        assert.equal(sim.registry.find("huawei", thing, "a"), undefined);
        sim.close();
    });

    it("does not list records of requests as objects", () => {
        const sim = open();
        sim.store(scope).put(thing, "a", { status: "new" });
        sim.store(scope).put(note, "n", { status: "done" });
        assert.deepEqual(
            sim.registry.objects().map(({ id }) => id),
            ["a"],
        );
        sim.close();
    });

    it("undoes a refused request completely, and passes other errors on", () => {
        const sim = open();
        const store = sim.store(scope);
        const apiError = sim.attempt(() => {
            store.put(thing, "a", { status: "new" });
            throw new ApiError(400, "No", "not so");
        });
        assert.ok(apiError instanceof ApiError);
        assert.deepEqual(store.list(thing), []);
        assert.throws(() => sim.attempt(() => assert.fail("broken")), /broken/);
        assert.equal(
            sim.attempt(() => 7),
            7,
        );
        sim.close();
    });

    it("runs jobs at their due time, in order, each with a line in the call log", () => {
        const sim = open(":memory:", "frozen");
        const store = sim.store(scope);
        const start = sim.clock.now();
        for (const id of ["late", "early"]) store.put(thing, id, { status: "green" });
        sim.schedule(ripen, scope, 2000, { thingId: "late" });
        sim.schedule(ripen, scope, 1000, { thingId: "early" });
        sim.advance(999);
        assert.equal(store.get(thing, "early")?.status, "green");
        sim.advance(10_000);
        assert.equal(store.get(thing, "late")?.status, "ripe");
        assert.deepEqual(
            sim.calls.list().map(({ at, action, ids }) => [Date.parse(at) - start, action, ...ids]),
            [
                [1000, "job.test.ripen", "early"],
                [2000, "job.test.ripen", "late"],
            ],
        );
        assert.equal(sim.pendingJobs, 0);
        sim.close();
    });

    it("fails a job the configured number of times", () => {
        const sim = open(":memory:", "frozen");
        sim.faults.add({ job: "test.ripen", reason: "rotten" });
        for (const id of ["a", "b"]) {
            sim.store(scope).put(thing, id, { status: "green" });
            sim.schedule(ripen, scope, 0, { thingId: id });
        }
        sim.catchUp();
        assert.equal(sim.store(scope).get(thing, "a")?.status, "rotten");
        assert.equal(sim.store(scope).get(thing, "b")?.status, "ripe");
        sim.close();
    });

    it("drops a job that throws or is unknown, and continues with the rest", () => {
        const sim = open(":memory:", "frozen");
        const broken = kind<{ thingId: string }>("test.broken");
        sim.onJob(broken, () => assert.fail("broken"));
        sim.store(scope).put(thing, "a", { status: "green" });
        sim.schedule(broken, scope, 1, { thingId: "a" });
        sim.schedule(kind<object>("test.nobody"), scope, 2, {});
        sim.schedule(ripen, scope, 3, { thingId: "a" });
        assert.throws(() => sim.advance(10), /broken/);
        sim.catchUp();
        assert.equal(sim.store(scope).get(thing, "a")?.status, "ripe");
        assert.deepEqual(
            sim.calls.list().map(({ outcome }) => outcome),
            ["broken", "unknown", "ok"],
        );
        sim.close();
    });

    it("jumps to the next due job when polled, only with an automatic clock", () => {
        for (const [mode, status] of [
            ["auto", "ripe"],
            ["frozen", "green"],
        ] as const) {
            const sim = open(":memory:", mode);
            sim.store(scope).put(thing, "a", { status: "green" });
            sim.schedule(ripen, scope, 3_600_000, { thingId: "a" });
            sim.polled();
            assert.equal(sim.store(scope).get(thing, "a")?.status, status);
            sim.close();
        }
    });

    it("derives ids from the seed alone", () => {
        const draw = (seed: number) => {
            const sim = open(":memory:", "frozen", seed);
            const drawn = [sim.ids.hex(), sim.ids.uuid(), sim.ids.word(8), String(sim.ids.chance("dice"))];
            sim.close();
            return drawn;
        };
        assert.deepEqual(draw(1), draw(1));
        assert.notDeepEqual(draw(1), draw(2));
        assert.match(draw(1)[1] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    });

    it("stores jobs, objects and the id counter in its file, and shares the file with the simulation of another process", () => {
        const path = join(folder, "shared.db");
        const one = open(path, "frozen");
        const other = open(path, "frozen");
        one.store(scope).put(thing, "a", { status: "green" });
        one.schedule(ripen, scope, 1000, { thingId: "a" });
        other.advance(1000);
        assert.equal(one.store(scope).get(thing, "a")?.status, "ripe");
        assert.notEqual(one.ids.hex(), other.ids.hex());
        one.close();
        other.close();
        assert.equal(statSync(path).mode & 0o777, 0o600);
    });

    it("creates files that nobody else can read, including those of SQLite", () => {
        const before = process.umask(0);
        try {
            const path = join(folder, "private.db");
            const sim = open(path);
            sim.ids.hex();
            for (const end of ["", "-wal", "-shm"]) assert.equal(statSync(path + end).mode & 0o777, 0o600, end);
            sim.close();
        } finally {
            process.umask(before);
        }
    });

    it("does not use a file beside it that belongs to another program", () => {
        const path = join(folder, "left.db");
        writeFileSync(`${path}-wal`, "somebody's");
        assert.throws(() => open(path), { name: "UserError", message: /left\.db-wal is left over from another file/ });
        assert.equal(readFileSync(`${path}-wal`, "utf8"), "somebody's");
    });

    it("rejects a file of another program, and does not change it", () => {
        const text = join(folder, "notes.txt");
        writeFileSync(text, "shopping list, rather long so that it is no empty database header at all");
        assert.throws(() => open(text), { name: "UserError", message: /cannot use .* as the simulator's data file/ });
        const foreign = join(folder, "foreign.db");
        const database = new DatabaseSync(foreign);
        database.exec("CREATE TABLE mine (id INTEGER)");
        database.close();
        assert.throws(() => open(foreign), { name: "UserError", message: /belongs to another program/ });
        const newer = join(folder, "newer.db");
        open(newer).close();
        const changed = new DatabaseSync(newer);
        changed.exec("PRAGMA user_version = 99");
        changed.close();
        assert.throws(() => open(newer), { name: "UserError", message: /written by a newer simulator/ });
        const older = new DatabaseSync(newer);
        older.exec("PRAGMA user_version = 1");
        older.close();
        assert.throws(() => open(newer), { name: "UserError", message: /written by an older simulator\. Name a new/ });
        assert.ok(!existsSync(`${text}-wal`));
        for (const impossible of ["", folder, join(folder, "no", "such", "folder.db")]) {
            assert.throws(() => open(impossible), { name: "UserError", message: /name another file/ });
        }
    });
});

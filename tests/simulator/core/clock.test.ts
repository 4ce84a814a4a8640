import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ClockMode, parseClock } from "../../../provider/dist/simulator/core/clock.js";
import { kind } from "../../../provider/dist/simulator/core/kinds.js";
import { Simulation } from "../../../provider/dist/simulator/core/simulation.js";

const second = 1000;
const hour = 3600 * second;
const week = 7 * 24 * hour;
const moving = ["real", "scaled:60", "scaled:1000000"];
const clocks = [...moving, "auto", "frozen"];
const ripen = kind<{ thingId: string }>("test.ripen");
const scope = { cloud: "alibaba", account: "1", region: "here" } as const;

describe("the clock of the simulated clouds", () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const open: Simulation[] = [];
    afterEach(() => {
        for (const sim of open.splice(0)) sim.close();
    });
    let files = 0;
    const newFile = () => join(folder, `${++files}.db`);
    const today = Date.parse("2026-11-30T12:00:00Z");
    let wall = today;
    let steady = 5000;
    beforeEach(() => {
        wall = today;
    });

    function started(path: string, clock?: string): Simulation {
        const mode: ClockMode | undefined = clock === undefined ? undefined : parseClock(clock);
        const sim = new Simulation({ path, seed: 1, clock: mode, wallNow: () => wall, steadyNow: () => steady });
        open.push(sim);
        return sim;
    }
    function pass(ms: number): void {
        wall += ms;
        steady += ms;
    }
    /** Time in which no process uses the simulation. The steady clock of the next process can begin anywhere. */
    function passUnused(ms: number): void {
        for (const sim of open.splice(0)) sim.close();
        wall += ms;
        steady = 17;
    }
    /** Simulates a killed process, which leaves only what it committed. */
    const abandoned = (sim: Simulation) => open.splice(open.indexOf(sim), 1);

    for (const clock of clocks) {
        it(`stops while no process uses it, and continues from there (${clock})`, () => {
            const path = newFile();
            const first = started(path, clock);
            const began = first.clock.now();
            pass(2 * second);
            const stopped = first.clock.now();
            assert.equal(stopped > began, moving.includes(clock));
            for (const away of [week, 400 * 24 * hour, -2 * week, -30 * 365 * 24 * hour]) {
                passUnused(away);
                const next = started(path);
                assert.equal(next.clock.now(), stopped, `${away / hour} hours later`);
            }
            passUnused(week);
            const last = started(path, clock);
            pass(second);
            assert.equal(last.clock.now() > stopped, moving.includes(clock));
        });

        it(`does not move if the machine's clock is set (${clock})`, () => {
            const sim = started(newFile(), clock);
            const began = sim.clock.now();
            for (const jump of [hour, -hour, week, -30 * 365 * 24 * hour]) {
                wall += jump;
                assert.equal(sim.clock.now(), began);
            }
        });
    }

    it("keeps its factor: a second of the machine is a minute of virtual time", () => {
        const path = newFile();
        const first = started(path, "scaled:60");
        const began = first.clock.now();
        pass(second);
        assert.equal(first.clock.now() - began, 60 * second);
        passUnused(week);
        const then = started(path);
        assert.equal(then.clock.now() - began, 60 * second);
        pass(second);
        assert.equal(then.clock.now() - began, 120 * second);
    });

    it("never moves backwards in a process that follows a killed one", () => {
        for (const clock of moving) {
            const path = newFile();
            const killed = started(path, clock);
            pass(90 * second);
            const told = killed.database.transaction(() => killed.clock.now());
            steady = 3;
            wall -= week;
            const next = started(path, clock);
            assert.ok(next.clock.now() >= told, clock);
            abandoned(killed);
            killed.database.close();
        }
    });

    it("never moves backwards between processes that share it", () => {
        const path = newFile();
        const sims = [started(path, "scaled:60"), started(path, "scaled:60"), started(path, "scaled:60")];
        let latest = 0;
        for (let turn = 0; turn < 60; turn++) {
            pass(100);
            const sim = sims[(turn * 7) % 3];
            const now = sim?.database.transaction(() => sim.clock.now()) ?? 0;
            assert.ok(now >= latest, `turn ${turn}`);
            latest = now;
        }
    });

    it("never moves backwards when its mode changes and changes back", () => {
        const path = newFile();
        let latest = 0;
        for (const clock of ["auto", "real", "frozen", "scaled:1000", "auto", "scaled:2", "real"]) {
            const sim = started(path, clock);
            assert.ok(sim.clock.now() >= latest, clock);
            pass(5 * second);
            sim.advance(second);
            latest = sim.clock.now();
            passUnused(-week);
        }
    });

    it("runs no job while no process uses it", () => {
        const path = newFile();
        const first = started(path, "scaled:60");
        first.onJob(ripen, () => undefined);
        first.schedule(ripen, scope, hour, { thingId: "a" });
        passUnused(week);
        const next = started(path, "scaled:60");
        next.onJob(ripen, () => undefined);
        next.catchUp();
        assert.equal(next.pendingJobs, 1);
        pass(61 * second);
        next.catchUp();
        assert.equal(next.pendingJobs, 0);
    });

    it("starts at the machine's time, or at its own start if the machine's time is earlier", () => {
        const began = (clock: string) => new Date(started(":memory:", clock).clock.now()).toISOString();
        assert.equal(began("real"), "2026-11-30T12:00:00.000Z");
        wall = Date.parse("2028-02-29T23:59:59Z");
        assert.equal(began("scaled:60"), "2028-02-29T23:59:59.000Z");
        wall = 0;
        assert.equal(began("real"), "2026-01-01T00:00:00.000Z");
        wall = today;
        assert.equal(began("auto"), "2026-01-01T00:00:00.000Z");
        assert.equal(began("frozen"), "2026-01-01T00:00:00.000Z");
    });

    it("continues from the last call in a file of an earlier version, which ran by the machine's clock", () => {
        const path = newFile();
        const sim = started(path, "real");
        sim.clock.at(today + 3 * hour, () =>
            sim.calls.add({ ...scope, action: "swas.ListInstances", ids: [], status: 200, outcome: "ok" }),
        );
        passUnused(0);
        const file = new DatabaseSync(path);
        file.prepare("UPDATE settings SET value = ? WHERE name = 'clock'").run(
            JSON.stringify({ clock: { mode: "real" }, virtual: today, wall: today }),
        );
        file.close();
        wall += week;
        assert.equal(started(path).clock.now(), today + 3 * hour);
    });

    it("accepts a signature by the machine's clock, as it is or as it was before it was set", () => {
        const sim = started(":memory:", "scaled:60");
        const minute = 60 * second;
        pass(hour);
        for (const jump of [0, hour, -2 * hour, 400 * 24 * hour]) {
            wall += jump;
            const undisturbed = today + hour;
            for (const signed of [wall, undisturbed, wall - 14 * minute, wall + 14 * minute]) {
                assert.ok(sim.isFresh(signed, 15 * minute));
            }
            for (const signed of [wall - 16 * minute, undisturbed + 16 * minute, 0]) {
                if (Math.abs(signed - wall) < 15 * minute || Math.abs(signed - undisturbed) < 15 * minute) continue;
                assert.ok(!sim.isFresh(signed, 15 * minute));
            }
        }
    });
});

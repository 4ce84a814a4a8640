import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isClockMoved } from "../../clock/movedClocks.ts";
import { random, seedOfRun } from "./random.ts";
import { copyUntilStopped, createDisksUntilStopped, readFile, ServedFile } from "./served.ts";

const kills = isClockMoved ? 2 : 25;
const connections = 8;
const seed = seedOfRun();

describe(`the simulator's data file, killed under load (SEED=${seed})`, () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    let server: ServedFile | undefined;
    after(async () => {
        if (server?.child.exitCode === null && server.child.signalCode === null) await server.end("SIGKILL");
        rmSync(folder, { recursive: true, force: true });
    });

    it(`has every acknowledged image and disk after ${kills} kills, is consistent, and continues its jobs`, async function () {
        this.timeout(120_000);
        const dice = random(seed);
        const data = join(folder, "clouds.db");
        server = await ServedFile.start(data, "auto");
        const source = await server.sourceImage();
        await server.end("SIGTERM");
        const acknowledged: string[] = [];
        const acknowledgedDisks: string[] = [];
        for (let kill = 1; kill <= kills; kill++) {
            server = await ServedFile.start(data, "real");
            const load = copyUntilStopped(server, source, connections);
            const otherLoad = createDisksUntilStopped(server, connections);
            await pause(20 + dice(150));
            // On a busy machine, the first answers can take longer.
            while (Math.min(load.acknowledged.length, otherLoad.acknowledged.length) < 3) await pause(5);
            await server.end("SIGKILL");
            await Promise.all([load.stop(), otherLoad.stop()]);
            acknowledged.push(...load.acknowledged);
            acknowledgedDisks.push(...otherLoad.acknowledged);
            const { integrity, copies, copying, copyJobs, disks, creating, diskJobs, logged } = readFile(data);
            assert.deepEqual(integrity, ["ok"]);
            const lost = acknowledged.filter((id) => !copies.has(id) || !logged.includes(id));
            assert.deepEqual(lost, [], `lost with kill ${kill}`);
            assert.deepEqual(copyJobs.sort(), copying.sort(), `jobs after kill ${kill}`);
            const lostDisks = acknowledgedDisks.filter((id) => !disks.has(id) || !logged.includes(id));
            assert.deepEqual(lostDisks, [], `lost with kill ${kill}`);
            assert.deepEqual(diskJobs.sort(), creating.sort(), `disk jobs after kill ${kill}`);
        }
        assert.ok(acknowledged.length > 2 * kills, `${acknowledged.length} copies are no load`);
        assert.ok(acknowledgedDisks.length > 2 * kills, `${acknowledgedDisks.length} disks are no load`);
        const all = [...acknowledged, ...acknowledgedDisks];
        assert.equal(new Set(all).size, all.length);

        server = await ServedFile.start(data, "real");
        // Five at a time, at most ten minutes each.
        const advanceMs = Math.ceil(readFile(data).copies.size / 5 + 2) * 11 * 60_000;
        const { pendingJobs } = await server.admin<{ pendingJobs: number }>("POST", "/clock", { advanceMs });
        assert.equal(pendingJobs, 0);
        const holdings = await server.admin<{ holdings: Held[] }>("GET", "/holdings");
        const usable = new Set(holdings.holdings.filter(({ value }) => value.isUsable === true).map(({ id }) => id));
        assert.deepEqual(
            acknowledged.filter((id) => !usable.has(id)),
            [],
        );
        await server.end("SIGTERM");
        assert.deepEqual(readFile(data).creating, []);
    });
});

interface Held {
    id: string;
    value: { isUsable?: boolean };
}

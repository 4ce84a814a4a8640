import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { copyUntilStopped, createDisksUntilStopped, readFile, ServedFile } from "./served.ts";

describe("two processes with one data file", () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    const servers: ServedFile[] = [];
    after(async () => {
        for (const server of servers) await server.end("SIGTERM");
        rmSync(folder, { recursive: true, force: true });
    });

    it("serve the same clouds under load: nothing lost, nothing duplicated, nothing seen late", async function () {
        this.timeout(30_000);
        const data = join(folder, "clouds.db");
        const one = await ServedFile.start(data, "auto");
        servers.push(one);
        const source = await one.sourceImage();
        const other = await ServedFile.start(data, "frozen");
        servers.push(other);
        const loads = servers.map((server) => copyUntilStopped(server, source, 4));
        const diskLoads = servers.map((server) => createDisksUntilStopped(server, 4));
        await pause(1500);
        await Promise.all([...loads, ...diskLoads].map((load) => load.stop()));
        const [ofOne = [], ofOther = []] = loads.map(({ acknowledged }) => acknowledged);
        assert.ok(ofOne.length > 10 && ofOther.length > 10, `${ofOne.length} and ${ofOther.length} copies are no load`);
        const all = [...ofOne, ...ofOther];
        const { integrity, copies, copying, copyJobs, disks, creating, diskJobs } = readFile(data);
        assert.deepEqual(integrity, ["ok"]);
        assert.deepEqual([...copies].sort(), all.sort());
        assert.deepEqual(copyJobs.sort(), copying.sort());
        const allDisks = diskLoads.flatMap(({ acknowledged }) => acknowledged);
        assert.ok(diskLoads.every(({ acknowledged }) => acknowledged.length > 10));
        assert.deepEqual(
            allDisks.filter((id) => !disks.has(id)),
            [],
        );
        assert.deepEqual(diskJobs.sort(), creating.sort());

        for (const [writer, reader] of [
            [one, other],
            [other, one],
        ] as const) {
            const { ImageId } = await writer.ecs.ok("CopyImage", { ImageId: source });
            assert.equal(await statusOf(reader, ImageId), "Waiting");
            await writer.ecs.ok("CancelCopyImage", { ImageId });
            assert.equal(await statusOf(reader, ImageId), undefined);
        }
        const hashes = await Promise.all(servers.map((server) => server.admin("GET", "/state/hash")));
        assert.deepEqual(hashes[0], hashes[1]);
    });

    async function statusOf(server: ServedFile, ImageId: string): Promise<string | undefined> {
        const { Images } = await server.ecs.ok("DescribeImages", { ImageId, Status: "Waiting,Creating,Available" });
        return Images.Image[0]?.Status;
    }
});

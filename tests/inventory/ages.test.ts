import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegionStatus } from "../../provider/dist/inventory/status.js";
import { treeOf } from "../../provider/dist/inventory/tree.js";

const distribution = new URL("../../provider/dist/", import.meta.url).pathname;
const plain = (text: string) => text;
const look = { place: plain, id: plain, good: plain, notable: plain, bad: plain };
const at = Date.parse("2025-01-01T00:00:00Z");
const region: RegionStatus = {
    cloud: "alibaba",
    region: "cn-hangzhou",
    images: [],
    withoutImage: [
        { kind: "snapshot", id: "s-1", isFree: true, createdAt: "2025-01-01T00:00:00Z", madeByStack: false },
    ],
    otherServers: [],
    forNewServers: [],
    notes: [],
};

// In a process of its own, which an embedded simulator keeps alive.
const program = `
const { connectClouds } = require("${distribution}clouds/connect.js");
const { systemTime: time } = require("${distribution}core/time.js");
const { startSimulator } = require("${distribution}simulator/index.js");
const config = {
    "machine-images:simulator": "embedded",
    "machine-images:simulatorData": "simulator.db",
    "machine-images:simulatorClock": "frozen",
};
const clouds = (config) => connectClouds({ config: (key) => config[key], environment: {}, time, random: () => 0.5 });
(async () => {
    const first = await startSimulator({ data: "simulator.db", clock: "frozen" });
    const began = first.sim.clock.now();
    first.sim.advance(86400000);
    await first.close();
    const embedded = await clouds(config).date();
    const real = await clouds({}).date();
    const elsewhere = await clouds({ "machine-images:endpoint": "http://127.0.0.1:9" }).date();
    const said = JSON.stringify([embedded - began, Math.abs(real - Date.now()) < 60000, elsewhere ?? "unknown"]);
    process.stdout.write(said, () => process.exit(0));
})();
`;

describe("the ages that status shows", () => {
    it("are told by the given date, and not at all without one", () => {
        assert.match(treeOf([region], { look, now: at + 3 * 86_400_000 }), /snapshot s-1, 3 d old, free/);
        assert.match(treeOf([region], { look }), /snapshot s-1, free/);
    });

    it("go by the clock of the clouds: a simulator's own, this machine's, or none that is known", () => {
        const folder = mkdtempSync(join(tmpdir(), "machine-images-ages-"));
        try {
            const said = execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });
            assert.deepEqual(JSON.parse(said), [86_400_000, true, "unknown"]);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});

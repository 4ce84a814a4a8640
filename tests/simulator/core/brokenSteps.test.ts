import assert from "node:assert/strict";
import { kind } from "../../../provider/dist/simulator/core/kinds.js";
import { closeAll, type Simulated, simulate } from "../alibaba/simulated.ts";

const broken = kind<{ thingId: string }>("test.broken");
const scope = { cloud: "alibaba", account: "1000000000000001", region: "cn-hangzhou" } as const;

describe("a job that throws while a client polls", () => {
    let cloud: Simulated;
    let errors: string[];

    beforeEach(async () => {
        errors = [];
        cloud = await simulate({ clock: "auto", onError: (error) => errors.push(String(error)) });
        cloud.sim.onJob(broken, () => assert.fail("a broken step"));
    });
    afterEach(closeAll);

    it("is reported once and logged, and this poll and later polls are answered", async () => {
        cloud.sim.schedule(broken, scope, 1000, { thingId: "a" });
        for (let poll = 0; poll < 3; poll++) await cloud.swas.ok("ListInstances");
        assert.equal(cloud.sim.pendingJobs, 0);
        assert.deepEqual(errors.length, 1);
        assert.match(errors[0] ?? "", /a broken step/);
        const logged = cloud.sim.calls.list().filter(({ action }) => action === "job.test.broken");
        assert.deepEqual(
            logged.map(({ outcome }) => outcome),
            ["broken"],
        );
    });

    it("does not prevent later jobs that are due", async () => {
        const DiskId = await cloud.systemDisk();
        cloud.sim.schedule(broken, scope, 1000, { thingId: "a" });
        await cloud.swas.ok("CreateSnapshot", { DiskId, SnapshotName: "one" });
        await cloud.swas.ok("ListSnapshots");
        const { Snapshots } = await cloud.swas.ok("ListSnapshots");
        assert.equal(Snapshots[0].Status, "accomplished");
    });
});

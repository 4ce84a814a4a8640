import assert from "node:assert/strict";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { closeAll, minute, type Simulated, simulate, web } from "./simulated.ts";

const day = 24 * 60 * minute;

describe("an Alibaba SWAS server whose paid period has ended", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    async function created(changes: Record<string, string | number | boolean> = {}): Promise<string> {
        const { Images } = await cloud.swas.ok("ListImages", { ImageType: "system" });
        const asked = { ImageId: Images[0].ImageId, PlanId: "swas.s2.c2m1s40b3t04", Period: 1, ...changes };
        const { InstanceIds } = await cloud.swas.ok("CreateInstances", asked);
        cloud.advance(10 * minute);
        return InstanceIds[0];
    }

    const shown = async (id: string) => {
        const { Instances } = await cloud.swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) });
        const [server] = Instances;
        return server && [server.Status, server.BusinessStatus, server.DisableReason];
    };

    it("is disabled and expired, and rejects operations", async () => {
        const id = await created();
        const DiskId = await cloud.systemDisk(id);
        const snapshotId = await cloud.snapshot("before", id);
        cloud.advance(29 * day);
        assert.deepEqual(await shown(id), ["Running", "Normal", ""]);
        cloud.advance(day);
        assert.deepEqual(await shown(id), ["Disabled", "Expired", "EXPIRED"]);
        const image = { InstanceId: id, SystemSnapshotId: snapshotId, ImageName: "image" };
        for (const [action, parameters] of [
            ["StartInstance", { InstanceId: id }],
            ["StopInstance", { InstanceId: id }],
            ["RebootInstance", { InstanceId: id }],
            ["ResetSystem", { InstanceId: id }],
            ["CreateSnapshot", { DiskId, SnapshotName: "after" }],
            ["CreateCustomImage", image],
        ] as const) {
            assert.equal(await cloud.swas.refused(action, parameters), "403 IncorrectInstanceStatus", action);
        }
    });

    it("runs again after its renewal, which begins on that day", async () => {
        const id = await created();
        cloud.advance(32 * day);
        assert.deepEqual(await shown(id), ["Disabled", "Expired", "EXPIRED"]);
        await cloud.swas.ok("RenewInstance", { InstanceId: id, Period: 1 });
        cloud.advance(minute);
        assert.deepEqual(await shown(id), ["Running", "Normal", ""]);
        cloud.advance(29 * day);
        assert.deepEqual(await shown(id), ["Running", "Normal", ""]);
        cloud.advance(day);
        assert.deepEqual(await shown(id), ["Disabled", "Expired", "EXPIRED"]);
    });

    it("is released after a week, with its snapshots and images", async () => {
        const id = await created();
        const { imageId, snapshotId } = await cloud.image("of-expired", id);
        cloud.advance(36 * day);
        assert.deepEqual(await shown(id), ["Disabled", "Expired", "EXPIRED"]);
        cloud.advance(day);
        assert.equal(await shown(id), undefined);
        const ids = (name: string, value: string) => ({ [name]: JSON.stringify([value]) });
        const { Snapshots } = await cloud.swas.ok("ListSnapshots", ids("SnapshotIds", snapshotId));
        const { CustomImages } = await cloud.swas.ok("ListCustomImages", ids("ImageIds", imageId));
        assert.deepEqual([Snapshots, CustomImages], [[], []]);
        assert.equal(
            await cloud.swas.refused("RenewInstance", { InstanceId: id, Period: 1 }),
            "404 InvalidInstanceId.NotFound",
        );
    });

    it("is renewed automatically if AutoRenew was requested", async () => {
        const id = await created({ AutoRenew: true, AutoRenewPeriod: 3 });
        cloud.advance(400 * day);
        assert.deepEqual(await shown(id), ["Running", "Normal", ""]);
        const { Instances } = await cloud.swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) });
        // 30 days plus five times 90 days: the first end in the future.
        assert.equal(Date.parse(Instances[0].ExpiredTime) - Date.parse(Instances[0].CreationTime), 480 * day);
    });

    it("completes a status change before it is disabled", async () => {
        const id = await created();
        cloud.advance(30 * day - 10 * minute - 1000);
        await cloud.swas.ok("StopInstance", { InstanceId: id });
        cloud.advance(2000);
        assert.equal((await shown(id))?.[0], "Stopping");
        cloud.advance(minute);
        assert.equal((await shown(id))?.[0], "Disabled");
    });

    it("is never a server of the world file, unless the file says when it expires", async () => {
        // Year by year for a century: a year is the largest step of the clock.
        for (let year = 0; year < 100; year++) cloud.advance(366 * day);
        assert.deepEqual(await shown(web), ["Running", "Normal", ""]);
        await closeAll();
        const [first, ...others] = structuredClone(defaultAlibabaWorld.accounts);
        const [server] = first?.regions["cn-hangzhou"]?.servers ?? [];
        assert.ok(first && server);
        Object.assign(server, { paidUntil: "2026-01-02T00:00:00Z" });
        cloud = await simulate({ world: { alibaba: { accounts: [first, ...others] }, huawei: defaultHuaweiWorld } });
        assert.deepEqual(await shown(web), ["Running", "Normal", ""]);
        cloud.advance(2 * day);
        assert.deepEqual(await shown(web), ["Disabled", "Expired", "EXPIRED"]);
    });

    for (const days of [1, 10, 400, 3650]) {
        it(`does not change the world ${days} days after its start`, async () => {
            const began = cloud.sim.registry.objects();
            cloud.advance(days * day);
            await cloud.swas.ok("ListInstances");
            assert.deepEqual(cloud.sim.registry.objects(), began);
        });
    }

    it("is not an event that an automatic clock jumps to", async () => {
        await closeAll();
        cloud = await simulate({ clock: "auto" });
        const before = cloud.sim.clock.now();
        for (let poll = 0; poll < 3; poll++) await cloud.swas.ok("ListInstances");
        assert.equal(cloud.sim.clock.now(), before);
    });
});

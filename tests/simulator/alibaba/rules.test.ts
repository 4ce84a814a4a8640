import assert from "node:assert/strict";
import { alibabaCloud } from "../../../provider/dist/simulator/alibaba/index.js";
import { closeAll, minute, partner, type Simulated, simulate, web } from "./simulated.ts";

describe("Alibaba rules and quotas", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    it("are complete: each rule has a condition, a source and an answer", () => {
        assert.ok(alibabaCloud.rules.length > 90);
        for (const errorRule of alibabaCloud.rules) {
            assert.ok(
                errorRule.errorRule && errorRule.source && errorRule.code && errorRule.message,
                JSON.stringify(errorRule),
            );
            assert.ok(errorRule.status === 200 ? !errorRule.confirmed : errorRule.status >= 400, errorRule.errorRule);
        }
        const codes = new Set(alibabaCloud.rules.map(({ code }) => code));
        for (const code of ["CustomImageInShare", "OperationDenied.ImageCopying", "SignatureDoesNotMatch"]) {
            assert.ok(codes.has(code), code);
        }
    });

    it("include the limits of the cloud", () => {
        assert.deepEqual(Object.fromEntries(alibabaCloud.quotas.map(({ name, value }) => [name, value])), {
            "alibaba.swas.callsPerMinute": 0,
            "alibaba.swas.servers": 50,
            "alibaba.swas.snapshots": 15,
            "alibaba.swas.snapshotsPerServer": 3,
            "alibaba.swas.images": 15,
            "alibaba.swas.imagesPerServer": 3,
            "alibaba.swas.parallelCopies": 5,
            "alibaba.swas.shareAccounts": 10,
            "alibaba.ecs.parallelCopies": 5,
            "alibaba.ecs.shareAccounts": 50,
        });
    });

    /** Sets a quota as the user of the simulator does. */
    const set = (name: string, value: number) => cloud.sim.quotas.change(name, value);

    it("include configurable limits: servers, snapshots, images and shares", async () => {
        set("alibaba.swas.servers", 4);
        const { Images } = await cloud.swas.ok("ListImages");
        const server = { ImageId: Images[0].ImageId, PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
        assert.equal(await cloud.swas.refused("CreateInstances", server), "400 ExceedAccountQuota");

        set("alibaba.swas.snapshotsPerServer", 1);
        const snapshotId = await cloud.snapshot("one");
        const DiskId = await cloud.systemDisk();
        const snapshot = { DiskId, SnapshotName: "two" };
        assert.equal(await cloud.swas.refused("CreateSnapshot", snapshot), "400 QuotaExceed.Snapshot");
        set("alibaba.swas.snapshotsPerServer", 3);
        set("alibaba.swas.snapshots", 1);
        assert.equal(await cloud.swas.refused("CreateSnapshot", snapshot), "400 QuotaExceed.Snapshot");

        const imageId = await cloud.imageFrom(snapshotId, "one");
        const image = { InstanceId: web, SystemSnapshotId: snapshotId, ImageName: "two" };
        set("alibaba.swas.images", 1);
        assert.equal(await cloud.swas.refused("CreateCustomImage", image), "400 CustomImageQuotaLimit");
        set("alibaba.swas.images", 15);
        set("alibaba.swas.imagesPerServer", 0);
        assert.equal(await cloud.swas.refused("CreateCustomImage", image), "400 CustomImageQuotaLimit");

        set("alibaba.swas.shareAccounts", 0);
        const share = { ImageId: imageId, "Account.1": partner.account };
        const { body } = await cloud.swas.call("AddCustomImageShareAccount", share);
        assert.deepEqual(
            [body.Code, body.Message],
            ["QuotaExceed.ShareAccount", "A custom image can be shared with at most 0 accounts."],
        );
    });

    it("include configurable limits: parallel copies and shares of ECS", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        set("alibaba.ecs.parallelCopies", 1);
        await cloud.ecs.ok("CopyImage", { ImageId });
        await cloud.ecs.ok("CopyImage", { ImageId });
        const waiting = async () => (await cloud.ecs.ok("DescribeImages", { Status: "Waiting" })).TotalCount;
        assert.equal(await waiting(), 1);
        cloud.advance(10 * minute);
        assert.equal(await waiting(), 0);
        set("alibaba.ecs.shareAccounts", 0);
        const share = { ImageId, "AddAccount.1": partner.account };
        assert.equal(await cloud.ecs.refused("ModifyImageSharePermission", share), "400 QuotaExceed.ImageShareAccount");
    });

    it("include a configurable rate", async () => {
        set("alibaba.swas.callsPerMinute", 2);
        for (let call = 0; call < 2; call++) await cloud.swas.ok("ListInstances");
        const { body, headers } = await cloud.swas.call("ListInstances");
        assert.deepEqual([body.Code, headers.get("x-acs-retry-after")], ["Throttling.User", "60000"]);
        await cloud.swas.ok("ListDisks");
        cloud.advance(minute);
        await cloud.swas.ok("ListInstances");
    });
});

import assert from "node:assert/strict";
import { defaultAlibabaWorld } from "../../../provider/dist/simulator/worlds/alibaba.js";
import { defaultHuaweiWorld } from "../../../provider/dist/simulator/worlds/huawei.js";
import { SignedClient } from "./signedClient.ts";
import { closeAll, golden, minute, partner, type Simulated, simulate, stopped, web } from "./simulated.ts";

describe("Alibaba requests", () => {
    let cloud: Simulated;

    beforeEach(async () => {
        cloud = await simulate();
    });
    afterEach(closeAll);

    describe("with a client token", () => {
        const request = async (name: string, token: string) => ({
            DiskId: await cloud.systemDisk(),
            SnapshotName: name,
            ClientToken: token,
        });

        it("run once, even if they are signed in the other way", async () => {
            const asked = await request("one", "token-1");
            const first = await cloud.swas.ok("CreateSnapshot", asked);
            cloud.advance(23 * 60 * minute);
            const again = await cloud.swas.ok("CreateSnapshot", asked);
            assert.equal(again.SnapshotId, first.SnapshotId);
            assert.notEqual(again.RequestId, first.RequestId);
            assert.equal((await cloud.swas.ok("ListSnapshots")).TotalCount, 1);
        });

        it("fail if anything else has changed", async () => {
            await cloud.swas.ok("CreateSnapshot", await request("one", "token-1"));
            const other = await request("two", "token-1");
            assert.equal(await cloud.swas.refused("CreateSnapshot", other), "400 IdempotentParameterMismatch");
            const tagged = { ...(await request("one", "token-1")), "Tag.1.Key": "env" };
            assert.equal(await cloud.swas.refused("CreateSnapshot", tagged), "400 IdempotentParameterMismatch");
        });

        it("run again after a day, for another operation and for another account", async () => {
            await cloud.swas.ok("CreateSnapshot", await request("one", "token-1"));
            const { Disks } = await cloud.partner.ok("ListDisks");
            const foreign = { DiskId: Disks[0].DiskId, SnapshotName: "one", ClientToken: "token-1" };
            await cloud.partner.ok("CreateSnapshot", foreign);
            await cloud.swas.ok("StopInstance", { InstanceId: web, ClientToken: "token-1" });
            cloud.advance(25 * 60 * minute);
            await cloud.swas.ok("CreateSnapshot", await request("two", "token-1"));
            assert.equal((await cloud.swas.ok("ListSnapshots")).TotalCount, 2);
        });

        it("can be retried after an error", async () => {
            const stop = { InstanceId: stopped, ClientToken: "token-1" };
            assert.equal(await cloud.swas.refused("StopInstance", stop), "403 IncorrectInstanceStatus");
            await cloud.swas.ok("StartInstance", { InstanceId: stopped });
            cloud.advance(minute);
            await cloud.swas.ok("StopInstance", stop);
        });
    });

    it("return pages of a list with its total length", async () => {
        const page = async (PageNumber: number, PageSize: number) => {
            const body = await cloud.swas.ok("ListInstances", { PageNumber, PageSize });
            return [body.TotalCount, body.PageNumber, body.PageSize, body.Instances.length];
        };
        assert.deepEqual(await page(1, 3), [4, 1, 3, 3]);
        assert.deepEqual(await page(2, 3), [4, 2, 3, 1]);
        assert.deepEqual(await page(3, 3), [4, 3, 3, 0]);
        const images = await cloud.swas.ok("ListCustomImages");
        assert.deepEqual([images.TotalCount, images.PageNumber, images.PageSize], ["0", "1", "10"]);
        assert.equal(
            await cloud.swas.refused("ListCustomImageShareAccounts", { ImageId: "m", PageSize: 51 }),
            "400 InvalidParameter",
        );
    });

    it("return ECS instances by page number or by token", async () => {
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", {
            ImageId: Images.Image[0].ImageId,
            InstanceType: "ecs.g6.large",
            Amount: 5,
        });
        const found: string[] = [];
        let NextToken = "";
        do {
            const body = await cloud.ecs.ok("DescribeInstances", { MaxResults: 2, NextToken });
            found.push(...body.Instances.Instance.map(({ InstanceId }: { InstanceId: string }) => InstanceId));
            NextToken = body.NextToken;
        } while (NextToken);
        assert.deepEqual(found, InstanceIdSets.InstanceIdSet);
        const byPage = await cloud.ecs.ok("DescribeInstances", { PageNumber: 3, PageSize: 2 });
        assert.equal(byPage.Instances.Instance.length, 1);
    });

    it("of one account never affect objects of another", async () => {
        const { imageId, snapshotId } = await cloud.image("web-golden-1");
        const ecsImage = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "system" });
        const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", {
            ImageId: ecsImage.Images.Image[0].ImageId,
            InstanceType: "ecs.g6.large",
        });
        const foreign: [SignedClient, string, Record<string, string>, string][] = [
            [cloud.partner, "StopInstance", { InstanceId: web }, "404 InvalidInstanceId.NotFound"],
            [cloud.partner, "DeleteSnapshot", { SnapshotId: snapshotId }, "404 InvalidSnapshotId.NotFound"],
            [cloud.partner, "DeleteCustomImage", { ImageId: imageId }, "404 InvalidImageId.NotFound"],
            [
                cloud.partner,
                "ModifyImageShareStatus",
                { ImageId: imageId, Operation: "Share" },
                "404 InvalidImageId.NotFound",
            ],
            [
                cloud.partnerEcs,
                "DeleteInstance",
                { InstanceId: InstanceIdSets.InstanceIdSet[0] },
                "404 InvalidInstanceId.NotFound",
            ],
            [
                new SignedClient(cloud.simulator.url, partner, "bss"),
                "RefundInstance",
                { InstanceId: web, ProductCode: "swas", ImmediatelyRelease: "1" },
                "404 InvalidInstanceId.NotFound",
            ],
            [cloud.shanghai, "StopInstance", { InstanceId: web }, "404 InvalidInstanceId.NotFound"],
        ];
        for (const [client, action, parameters, expected] of foreign) {
            assert.equal(await client.refused(action, parameters), expected, action);
        }
        assert.equal((await cloud.partner.ok("ListSnapshots")).TotalCount, 0);
        assert.equal((await cloud.partner.ok("ListCustomImages")).TotalCount, "0");
        assert.equal((await cloud.partner.ok("ListInstances")).TotalCount, 1);
    });

    it("show a shared image only to the accounts that it is shared with, and only in its region", async () => {
        const third = { account: "1000000000000003", id: "SIMULATEDALIBABAKEY3", secret: "simulated-alibaba-secret-3" };
        const regions = { "cn-hangzhou": { servers: [] }, "cn-shanghai": { servers: [] } };
        const stranger = {
            id: third.account,
            name: "third",
            accessKeys: [{ id: third.id, secret: third.secret }],
            regions,
        };
        const accounts = [...defaultAlibabaWorld.accounts, stranger];
        const crowd = await simulate({ world: { alibaba: { accounts }, huawei: defaultHuaweiWorld } });
        const { imageId } = await crowd.image("web-golden-1");
        await crowd.swas.ok("AddCustomImageShareAccount", { ImageId: imageId, "Account.1": partner.account });
        const seenBy = async (key: typeof third, region: string) => {
            const client = new SignedClient(crowd.simulator.url, key, "swas", region);
            return (await client.ok("ListCustomImages")).TotalCount;
        };
        assert.equal(await seenBy(partner, "cn-hangzhou"), "1");
        assert.equal(await seenBy(partner, "cn-shanghai"), "0");
        assert.equal(await seenBy(third, "cn-hangzhou"), "0");
    });

    it("are RPC calls: the simulator passes other requests to the same address on", async () => {
        const page = await fetch(`${cloud.simulator.url}/`);
        assert.equal(page.status, 300, "the versions of the other cloud");
        await page.text();
        assert.deepEqual(
            cloud.sim.calls.list().filter((call) => call.cloud === "alibaba"),
            [],
        );
    });

    it("fail with the configured faults, and then succeed", async () => {
        cloud.sim.faults.add({
            action: "swas.ListInstances",
            status: 400,
            code: "Throttling.User",
            message: "Request was denied due to user flow control.",
        });
        const throttled = await cloud.swas.call("ListInstances");
        assert.deepEqual(
            [throttled.status, throttled.body.Code, throttled.headers.get("x-acs-retry-after")],
            [400, "Throttling.User", "700"],
        );
        await cloud.swas.ok("ListInstances");
    });

    it("show snapshots and images as failed after their job failed", async () => {
        const snapshotId = await cloud.snapshot("one");
        const status = async (fault: string, name: string) => {
            cloud.sim.faults.add({ job: "alibaba.customImage.done", reason: fault });
            const ImageId = await cloud.imageFrom(snapshotId, name);
            const { CustomImages } = await cloud.swas.ok("ListCustomImages", { ImageIds: JSON.stringify([ImageId]) });
            return CustomImages[0].Status;
        };
        assert.equal(await status("disk error", "broken"), "3");
        assert.equal(await status("unavailable", "unavailable"), "2");
        cloud.sim.faults.add({ job: "alibaba.snapshot.done", reason: "disk error" });
        const failed = await cloud.snapshot("two");
        const { Snapshots } = await cloud.swas.ok("ListSnapshots", { SnapshotIds: JSON.stringify([failed]) });
        assert.equal(Snapshots[0].Status, "failed");
        const fromFailed = { InstanceId: web, SystemSnapshotId: failed, ImageName: "image" };
        assert.equal(await cloud.swas.refused("CreateCustomImage", fromFailed), "400 IncorrectStatus");
    });

    it("are logged completely, including refused requests", async () => {
        await cloud.swas.refused("StartInstance", { InstanceId: web });
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: await cloud.snapshot("one"),
            ImageName: "image",
        });
        const calls = cloud.sim.calls.list().filter(({ action }) => /Start|CreateCustom/.test(action));
        assert.deepEqual(
            calls.map(({ seq: _seq, at: _at, ids, ...call }) => ({ ...call, ids: [ids[0], ids.at(-1)] })),
            [
                {
                    cloud: "alibaba",
                    account: golden.account,
                    region: "cn-hangzhou",
                    action: "swas.StartInstance",
                    ids: [web, web],
                    status: 403,
                    outcome: "IncorrectInstanceStatus",
                },
                {
                    cloud: "alibaba",
                    account: golden.account,
                    region: "cn-hangzhou",
                    action: "swas.CreateCustomImage",
                    ids: [web, ImageId],
                    status: 200,
                    outcome: "ok",
                },
            ],
        );
    });
});

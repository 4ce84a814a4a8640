import assert from "node:assert/strict";
import { sendAs } from "./hostRequest.ts";
import { SignedClient } from "./signedClient.ts";
import { closeAll, golden, type Simulated, simulate, stopped, web } from "./simulated.ts";

describe("the region of an Alibaba request", () => {
    let cloud: Simulated;
    let nowhere: SignedClient;

    beforeEach(async () => {
        cloud = await simulate();
        nowhere = new SignedClient(cloud.simulator.url, golden, "swas", "");
    });
    afterEach(closeAll);

    const json = (...ids: string[]) => JSON.stringify(ids);
    const lastCall = () => cloud.sim.calls.list().at(-1);

    it("is the region of the first of several objects", async () => {
        const { imageId, snapshotId } = await cloud.image("image");
        const requests: [action: string, parameters: Record<string, string>][] = [
            ["StopInstances", { InstanceIds: json(web) }],
            ["StartInstances", { InstanceIds: json(stopped) }],
            ["ListInstances", { InstanceIds: json(web, stopped) }],
            ["ListInstanceStatus", { InstanceIds: json(web) }],
            ["ListDisks", { InstanceId: web }],
            ["ListDisks", { DiskIds: json(await cloud.systemDisk()) }],
            ["ListSnapshots", { SnapshotIds: json(snapshotId) }],
            ["ListSnapshots", { InstanceId: web }],
            ["ListCustomImages", { ImageIds: json(imageId) }],
            [
                "TagResources",
                { ResourceType: "customimage", "ResourceId.1": imageId, "Tag.1.Key": "a", "Tag.1.Value": "b" },
            ],
            ["ListTagResources", { ResourceType: "customimage", "ResourceId.1": imageId }],
            ["UntagResources", { ResourceType: "customimage", "ResourceId.1": imageId, "TagKey.1": "a" }],
            ["DeleteCustomImages", { ImageIds: json(imageId) }],
            ["DeleteSnapshots", { SnapshotIds: json(snapshotId) }],
        ];
        for (const [action, parameters] of requests) {
            await nowhere.ok(action, parameters);
            assert.equal(lastCall()?.region, "cn-hangzhou", action);
        }
        assert.equal(await nowhere.refused("ListInstances"), "400 MissingRegionId");
        assert.equal(await nowhere.refused("ListInstances", { InstanceIds: json("unknown") }), "400 MissingRegionId");
    });

    it("is the region of the first of several objects in ECS", async () => {
        const ImageId = await cloud.ownedEcsImage("owned");
        const ecs = new SignedClient(cloud.simulator.url, golden, "ecs", "");
        const tag = { ResourceType: "image", "ResourceId.1": ImageId, "Tag.1.Key": "a", "Tag.1.Value": "b" };
        await ecs.ok("TagResources", tag);
        const { Images } = await cloud.ecs.ok("DescribeImages", { ImageId });
        assert.deepEqual(Images.Image[0].Tags.Tag, [{ TagKey: "a", TagValue: "b" }]);
    });

    const hosts: [host: string, region: string][] = [
        ["swas.cn-hangzhou.localhost", "cn-hangzhou"],
        ["swas.cn-shanghai.localhost:80", "cn-shanghai"],
        ["ecs-cn-shanghai.localhost", "cn-shanghai"],
    ];
    for (const [host, region] of hosts) {
        it(`is the region in the host ${host}`, async () => {
            await sendAs(host, nowhere.prepareV1("ListInstances", {}));
            assert.deepEqual([lastCall()?.region, lastCall()?.outcome], [region, "ok"]);
        });
    }

    it("is RegionId, whatever the host", async () => {
        const asked = nowhere.prepareV1("ListInstances", { RegionId: "cn-hangzhou" });
        assert.equal((await sendAs("swas.cn-shanghai.localhost", asked)).TotalCount, 4);
    });

    it("must be a region that the account can use", async () => {
        const { Code } = await sendAs("swas.us-east-1.localhost", nowhere.prepareV1("ListInstances", {}));
        assert.equal(Code, "MissingRegionId");
    });
});

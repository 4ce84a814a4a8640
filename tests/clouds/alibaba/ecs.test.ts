import assert from "node:assert/strict";
import { bssClient, SWAS_PRODUCT_CODE } from "../../../provider/dist/clouds/alibaba/bss.js";
import { type EcsClient, ecsClient } from "../../../provider/dist/clouds/alibaba/ecs.js";
import { openWire, type Wire } from "../wire.ts";
import { accessKeyId, accessKeySecret, connectionTo } from "./account.ts";
import { verifies } from "./acs3.ts";
import { done, ecsImage, ecsInstance } from "./answers.ts";

describe("the ECS and billing clients", () => {
    let wire: Wire;
    let ecs: EcsClient;
    beforeEach(async () => {
        wire = await openWire();
        ecs = ecsClient(connectionTo(wire).connection, "cn-hangzhou");
    });
    afterEach(async () => {
        await wire.close();
        assert.ok(wire.requests.every((request) => verifies(request, accessKeyId, accessKeySecret)));
    });

    it("lists images in every status by default", async () => {
        wire.play({ body: { ...done, TotalCount: 1, Images: { Image: [ecsImage] } } });
        const [image] = await ecs.describeImages({ imageId: "m-bp1sim0000000000001", ownerAlias: "others" });
        assert.deepEqual(image, {
            imageId: "m-bp1sim0000000000001",
            imageName: "web-golden-1",
            description: "nightly",
            ownerAlias: "others",
            ownerId: "1900000000000001",
            status: "Available",
            usable: true,
            usage: "none",
            progressPercent: 100,
            sizeGiB: 40,
            osType: "linux",
            architecture: "x86_64",
            createdAt: "2026-01-02T03:10:05Z",
            isCopied: false,
            isPublic: false,
            disks: [{ device: "/dev/xvda", sizeGiB: 40, snapshotId: undefined, type: "system" }],
            tags: { env: "prod" },
        });
        const { Status, ImageOwnerAlias } = wire.only().query;
        assert.deepEqual({ Status, ImageOwnerAlias }, { Status: "ALL", ImageOwnerAlias: "others" });
    });

    it("creates servers, with nested disk parameters and its own token", async () => {
        wire.play({ body: { ...done, InstanceIdSets: { InstanceIdSet: ["i-1"] } } });
        const ids = await ecs.runInstances({
            imageId: "m-1",
            instanceType: "ecs.g7.large",
            securityGroupId: "sg",
            vSwitchId: "vsw",
            systemDiskSizeGiB: 40,
        });
        assert.deepEqual(ids, ["i-1"]);
        assert.deepEqual(wire.only().query, {
            RegionId: "cn-hangzhou",
            ImageId: "m-1",
            InstanceType: "ecs.g7.large",
            SecurityGroupId: "sg",
            VSwitchId: "vsw",
            "SystemDisk.Size": "40",
            ClientToken: "token-made-here",
        });
    });

    it("follows the next token of a list of servers to its end", async () => {
        const page = (InstanceId: string, NextToken: string) => ({
            body: { ...done, NextToken, Instances: { Instance: [{ ...ecsInstance, InstanceId }] } },
        });
        wire.play(page("i-1", "next"), page("i-2", ""));
        const servers = await ecs.describeInstances({ instanceIds: ["i-1", "i-2"] });
        assert.deepEqual(
            servers.map((server) => [server.instanceId, server.privateIpAddresses, server.locked]),
            [
                ["i-1", ["10.0.0.5"], false],
                ["i-2", ["10.0.0.5"], false],
            ],
        );
        assert.deepEqual(
            wire.requests.map((request) => request.query.NextToken),
            [undefined, "next"],
        );
    });

    it("changes the accounts of a share ten at a time, because ECS drops the eleventh silently", async () => {
        wire.play({ body: done });
        const accounts = Array.from({ length: 11 }, (_, index) => String(index));
        await ecs.modifyImageSharePermission({ imageId: "m-1", addAccounts: accounts, removeAccounts: ["99"] });
        assert.deepEqual(
            wire.requests.map(({ query }) => Object.keys(query).filter((key) => key.includes("Account"))),
            [
                ["RemoveAccount.1"],
                Array.from({ length: 10 }, (_, index) => `AddAccount.${index + 1}`),
                ["AddAccount.1"],
            ],
        );
    });

    it("reads the disks of a server, with their sizes", async () => {
        const found = { DiskId: "d-1", Type: "system", Size: 40, InstanceId: "i-1" };
        wire.play({ body: { ...done, TotalCount: 1, Disks: { Disk: [found] } } });
        assert.deepEqual(await ecs.describeDisks({ instanceId: "i-1" }), [
            { diskId: "d-1", type: "system", sizeGiB: 40, instanceId: "i-1" },
        ]);
        assert.equal(wire.only().query.InstanceId, "i-1");
    });

    it("finds snapshots by a tag's key, and deletes one", async () => {
        const made = { CreationTime: "2026-01-02T04:00:00Z", SourceDiskSize: 40 };
        const tagged = { SnapshotId: "s-1", ...made, Tags: { Tag: [{ TagKey: "k", TagValue: "v" }] } };
        wire.play({ body: { ...done, TotalCount: 1, Snapshots: { Snapshot: [tagged] } } });
        assert.deepEqual(await ecs.describeSnapshots({ tagKey: "k" }), [
            { snapshotId: "s-1", createdAt: "2026-01-02T04:00:00Z", sizeGiB: 40, tags: { k: "v" } },
        ]);
        assert.equal(wire.only().query["Tag.1.Key"], "k");
        await ecs.deleteSnapshot("s-1");
        assert.equal(wire.requests[1]?.query.SnapshotId, "s-1");
    });

    it("changes only the given attributes of an image", async () => {
        wire.play({ body: done });
        await ecs.modifyImageAttribute({ imageId: "m-1", imageName: "shop" });
        assert.deepEqual(wire.only().query, { RegionId: "cn-hangzhou", ImageId: "m-1", ImageName: "shop" });
    });

    it("copies an image and reads who it is shared with", async () => {
        const accounts = { Account: [{ AliyunId: "1098765432109876", SharedTime: "2026-01-02T04:00:00Z" }] };
        wire.play(
            { body: { ...done, ImageId: "m-2" } },
            { body: { ...done, TotalCount: 1, Accounts: accounts, ShareGroups: { ShareGroup: [] } } },
        );
        const request = { imageId: "m-1", destinationRegionId: "cn-shanghai", destinationImageName: "copy" };
        assert.equal(await ecs.copyImage({ ...request, clientToken: "mine" }), "m-2");
        assert.deepEqual(await ecs.describeImageSharePermission("m-2"), [
            { accountId: "1098765432109876", sharedTime: "2026-01-02T04:00:00Z" },
        ]);
        assert.equal(wire.requests[0]?.query.ClientToken, "mine");
    });

    it("refunds a SWAS server at once", async () => {
        const bss = bssClient(connectionTo(wire).connection, "cn-hangzhou");
        wire.play({ body: { ...done, Success: true, Data: { OrderId: 2100000000001 } } });
        const request = { instanceId: "i1", productCode: SWAS_PRODUCT_CODE, clientToken: "t" };
        assert.equal(await bss.refundInstance(request), "2100000000001");
        const { InstanceId, ProductCode, ProductType, ImmediatelyRelease, ClientToken } = wire.only().query;
        assert.deepEqual(
            [InstanceId, ProductCode, ProductType, ImmediatelyRelease, ClientToken],
            ["i1", "swas", "", "1", "t"],
        );
    });

    it("a refund that is refused with status 200 is an error with billing's own code", async () => {
        const bss = bssClient(connectionTo(wire).connection, "cn-hangzhou");
        wire.play({ body: { RequestId: "R", Success: false, Code: "ResourceNotExists", Message: "no such server" } });
        const request = { instanceId: "i1", productCode: SWAS_PRODUCT_CODE, clientToken: "t" };
        await assert.rejects(bss.refundInstance(request), {
            name: "CloudError",
            code: "ResourceNotExists",
            requestId: "R",
            retryable: false,
        });
    });
});

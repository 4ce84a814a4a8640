import assert from "node:assert/strict";
import { type SwasClient, swasClient } from "../../../provider/dist/clouds/alibaba/swas.js";
import { openWire, type Wire } from "../wire.ts";
import { accessKeyId, accessKeySecret, connectionTo } from "./account.ts";
import { verifies } from "./acs3.ts";
import { customImage, customImages, done, plans, snapshots } from "./answers.ts";

describe("the SWAS client", () => {
    let wire: Wire;
    let swas: SwasClient;
    beforeEach(async () => {
        wire = await openWire();
        swas = swasClient(connectionTo(wire).connection, "cn-hangzhou");
    });
    afterEach(async () => {
        await wire.close();
        assert.ok(wire.requests.every((request) => verifies(request, accessKeyId, accessKeySecret)));
    });

    const sent = () => ({ action: wire.only().headers["x-acs-action"], ...wire.only().query });

    it("reads a custom image, and converts its status code, numbers and empty texts", async () => {
        wire.play({ body: customImages([customImage]) });
        assert.deepEqual(await swas.listCustomImages({ imageIds: [customImage.ImageId], share: false }), [
            {
                imageId: "m-bp1sim0000000000001",
                name: "web-golden-1",
                description: "nightly",
                status: "available",
                osType: "Linux",
                regionId: "cn-hangzhou",
                instanceId: "ace0706b2ac4454d984295a942130001",
                systemSnapshotId: "s-bp1sim0000000000001",
                dataSnapshotId: undefined,
                requiredSystemDiskGiB: 40,
                requiredDataDiskGiB: 0,
                createdAt: "2026-01-02T03:10:05Z",
                inShare: false,
                inShareUser: false,
                ownerId: "1234567890123456",
                createdInstanceIds: ["ace0706b2ac4454d984295a942130002"],
                tags: { env: "prod" },
            },
        ]);
        assert.deepEqual(sent(), {
            action: "ListCustomImages",
            RegionId: "cn-hangzhou",
            ImageIds: '["m-bp1sim0000000000001"]',
            Share: "false",
            PageNumber: "1",
            PageSize: "100",
        });
    });

    it("names every status code of a custom image, given as a number or a string", async () => {
        const codes = ["0", "1", "2", "3", "4", 4, "9"];
        wire.play({ body: customImages(codes.map((Status) => ({ ...customImage, Status }))) });
        const images = await swas.listCustomImages();
        assert.deepEqual(
            images.map((image) => image.status),
            ["copying", "available", "unavailable", "failed", "creating", "creating", "unknown"],
        );
    });

    it("fetches every page of a list", async () => {
        const page = (from: number, count: number) =>
            Array.from({ length: count }, (_, index) => ({ ...customImage, ImageId: `m-${from + index}` }));
        wire.play(
            { body: customImages(page(0, 100), 203) },
            { body: customImages(page(100, 100), 203) },
            { body: customImages(page(200, 3), 203) },
        );
        const images = await swas.listCustomImages({ instanceId: "i1" });
        assert.deepEqual(
            images.map((image) => image.imageId),
            Array.from({ length: 203 }, (_, index) => `m-${index}`),
        );
        assert.deepEqual(
            wire.requests.map((request) => request.query.PageNumber),
            ["1", "2", "3"],
        );
    });

    it("requests at most 100 ids at a time, and sends no request without ids", async () => {
        assert.deepEqual(await swas.listInstances({ instanceIds: [] }), []);
        assert.equal(wire.requests.length, 0);

        wire.play({ body: { ...done, Instances: [], TotalCount: 0 } });
        await swas.listInstances({ instanceIds: Array.from({ length: 101 }, (_, index) => `i${index}`) });
        assert.deepEqual(
            wire.requests.map((request) => JSON.parse(request.query.InstanceIds ?? "").length),
            [100, 1],
        );
    });

    it("reads a snapshot's status in lower case, whatever case the cloud uses", async () => {
        wire.play({ body: snapshots });
        const [snapshot] = await swas.listSnapshots({ snapshotIds: ["s-bp1sim0000000000001"] });
        assert.equal(snapshot?.status, "accomplished");
        assert.equal(snapshot?.progressPercent, 100);
        assert.equal(snapshot?.sourceDiskType, "system");
        assert.deepEqual(snapshot?.tags, {});
    });

    it("reads plans with the platforms that are JSON inside a string", async () => {
        wire.play({ body: plans });
        const [plan] = await swas.listPlans();
        assert.deepEqual(plan?.platforms, ["Linux", "Windows"]);
        assert.equal(plan?.price, 60);
        assert.equal(plan?.diskSizeGiB, 40);
    });

    it("buys servers with the token that was given", async () => {
        wire.play({ body: { ...done, InstanceIds: ["i1"] } });
        const request = { imageId: "m-1", planId: "p", period: 1, amount: 1, clientToken: "mine" };
        assert.deepEqual(await swas.createInstances(request), ["i1"]);
        assert.deepEqual(sent(), {
            action: "CreateInstances",
            RegionId: "cn-hangzhou",
            ImageId: "m-1",
            PlanId: "p",
            Period: "1",
            Amount: "1",
            ClientToken: "mine",
        });
    });

    it("shares an image with ECS, and with accounts as a numbered list", async () => {
        wire.play({ body: done });
        await swas.modifyImageShareStatus({ imageId: "m-1", operation: "UnShare" });
        await swas.addCustomImageShareAccounts({ imageId: "m-1", accounts: ["111", "222"] });
        await swas.removeCustomImageShareAccounts({ imageId: "m-1", accounts: ["111"] });
        const region = { RegionId: "cn-hangzhou", ImageId: "m-1" };
        assert.deepEqual(
            wire.requests.map((request) => [request.headers["x-acs-action"], request.query]),
            [
                ["ModifyImageShareStatus", { ...region, Operation: "UnShare" }],
                ["AddCustomImageShareAccount", { ...region, "Account.1": "111", "Account.2": "222" }],
                ["RemoveCustomImageShareAccount", { ...region, "Account.1": "111" }],
            ],
        );
    });

    it("lists the accounts of a share in pages of 50, with ids as text", async () => {
        const users = [{ UserId: 1098765432109876, SharedTime: "2024-07-15 13:59:21.0" }];
        wire.play({ body: { ...done, TotalCount: 1, ImageShareUsers: users } });
        assert.deepEqual(await swas.listCustomImageShareAccounts("m-1"), [
            { accountId: "1098765432109876", sharedTime: "2024-07-15 13:59:21.0" },
        ]);
        assert.equal(wire.only().query.PageSize, "50");
    });

    it("copies an image by the action that only the simulator serves", async () => {
        wire.play({ body: { ...done, ImageId: "m-copy" } });
        const request = { imageId: "m-1", destinationRegionId: "cn-shanghai", destinationImageName: "copy" };
        assert.equal(await swas.copyCustomImage({ ...request, tags: { a: "b" } }), "m-copy");
        assert.deepEqual(sent(), {
            action: "CopyCustomImage",
            RegionId: "cn-hangzhou",
            ImageId: "m-1",
            DestinationRegionId: "cn-shanghai",
            DestinationImageName: "copy",
            "Tag.1.Key": "a",
            "Tag.1.Value": "b",
            ClientToken: "token-made-here",
        });
    });

    it("resets a server with a key pair, and a token for this request only", async () => {
        wire.play({ body: done });
        await swas.resetSystem({ instanceId: "s-1", imageId: "m-1", keyPairName: "kp" });
        assert.deepEqual(sent(), {
            action: "ResetSystem",
            RegionId: "cn-hangzhou",
            InstanceId: "s-1",
            ImageId: "m-1",
            "LoginCredentials.KeyPairName": "kp",
            ClientToken: "token-made-here",
        });
    });

    it("tags and untags by numbered ids and keys", async () => {
        wire.play({ body: done });
        await swas.tagResources({ resourceType: "customimage", resourceIds: ["m-1"], tags: { a: "b" } });
        await swas.untagResources({ resourceType: "customimage", resourceIds: ["m-1"], keys: ["a", "c"] });
        const common = { RegionId: "cn-hangzhou", ResourceType: "customimage", "ResourceId.1": "m-1" };
        assert.deepEqual(
            wire.requests.map((request) => request.query),
            [
                { ...common, "Tag.1.Key": "a", "Tag.1.Value": "b" },
                { ...common, "TagKey.1": "a", "TagKey.2": "c" },
            ],
        );
    });

    it("decodes what a command printed", async () => {
        const result = { InvocationStatus: "Success", ExitCode: 0, Output: "b2sK", ErrorCode: "", ErrorInfo: "" };
        wire.play({ body: { ...done, InvocationResult: result } });
        const { status, output, exitCode } = await swas.describeInvocationResult({ instanceId: "i", invokeId: "t" });
        assert.deepEqual({ status, output, exitCode }, { status: "Success", output: "ok\n", exitCode: 0 });
    });
});

import assert from "node:assert/strict";
import ecsSdk, * as ecsModels from "@alicloud/ecs20140526";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import swasSdk, * as swasModels from "@alicloud/swas-open20200601";
import { type RunningSimulator, startSimulator } from "../../provider/dist/simulator/index.js";
import { SignedClient } from "../simulator/alibaba/signedClient.ts";

const web = "ace0706b2ac4454d984295a942130001";
const region = { regionId: "cn-hangzhou" };
const minute = 60_000;

// The SDKs are CommonJS: Node puts their default export under "default" once more.
const SwasClient = "default" in swasSdk ? swasSdk.default : swasSdk;
const EcsClient = "default" in ecsSdk ? ecsSdk.default : ecsSdk;

// The official SDKs, unmodified: what they accept is what the cloud's own clients accept.
for (const signature of ["ACS3", "v2"] as const) {
    describe(`Alibaba's official SDKs (${signature} signature)`, () => {
        let simulator: RunningSimulator;

        beforeEach(async () => {
            simulator = await startSimulator({ clock: "frozen" });
        });
        afterEach(() => simulator.close());

        const config = (changes: { accessKeySecret?: string; accessKeyId?: string } = {}) =>
            new $OpenApiUtil.Config({
                accessKeyId: "SIMULATEDALIBABAKEY1",
                accessKeySecret: "simulated-alibaba-secret-1",
                endpoint: new URL(simulator.url).host,
                protocol: "http",
                regionId: "cn-hangzhou",
                readTimeout: 10_000,
                connectTimeout: 10_000,
                ...(signature === "v2" ? { signatureAlgorithm: "v2" } : {}),
                ...changes,
            });

        const snapshotAndImage = async () => {
            const swas = new SwasClient(config());
            const disks = await swas.listDisks(
                new swasModels.ListDisksRequest({ ...region, instanceId: web, diskType: "system" }),
            );
            const { body: snapshot } = await swas.createSnapshot(
                new swasModels.CreateSnapshotRequest({
                    ...region,
                    diskId: disks.body?.disks?.[0]?.diskId,
                    snapshotName: "web-01-sys",
                    clientToken: "t1",
                }),
            );
            simulator.sim.advance(minute);
            const { body: image } = await swas.createCustomImage(
                new swasModels.CreateCustomImageRequest({
                    ...region,
                    instanceId: web,
                    imageName: "web-golden-1",
                    description: "n a*me(1)~!' +ü",
                    systemSnapshotId: snapshot?.snapshotId,
                    tag: [{ key: "env", value: "prod" }],
                }),
            );
            simulator.sim.advance(3 * minute);
            return { swas, snapshotId: snapshot?.snapshotId, imageId: image?.imageId ?? "" };
        };

        it("make a custom image and read it back", async () => {
            const { swas, snapshotId, imageId } = await snapshotAndImage();
            const { body: listed } = await swas.listCustomImages(
                new swasModels.ListCustomImagesRequest({ ...region, imageIds: JSON.stringify([imageId]) }),
            );
            const [image] = listed?.customImages ?? [];
            assert.equal(listed?.totalCount, "1");
            assert.equal(image?.status, "1");
            assert.equal(image?.description, "n a*me(1)~!' +ü");
            assert.equal(image?.systemSnapshotId, snapshotId);
            assert.equal(image?.userId, 1000000000000001);
            assert.equal(image?.inShare, false);
            assert.deepEqual(image?.tags?.[0]?.toMap(), { Key: "env", Value: "prod" });
            const { body: snapshots } = await swas.listSnapshots(new swasModels.ListSnapshotsRequest(region));
            assert.equal(snapshots?.snapshots?.[0]?.status, "accomplished");
            const { body: regions } = await swas.listRegions(new swasModels.ListRegionsRequest({}));
            assert.deepEqual(
                regions?.regions?.map(({ regionId }) => regionId),
                ["cn-hangzhou", "cn-shanghai"],
            );
        });

        it("keep every key that is sent and change no type", async () => {
            const { swas, imageId } = await snapshotAndImage();
            const ecs = new EcsClient(config());
            const image = { ...region, imageId };
            await swas.modifyImageShareStatus(
                new swasModels.ModifyImageShareStatusRequest({ ...image, operation: "Share" }),
            );
            const account = { ...image, account: [1000000000000002] };
            await swas.addCustomImageShareAccount(new swasModels.AddCustomImageShareAccountRequest(account));
            await ecs.copyImage(new ecsModels.CopyImageRequest(image));
            await ecs.runInstances(
                new ecsModels.RunInstancesRequest({ ...image, instanceType: "ecs.g6.large", vSwitchId: "vsw-1" }),
            );
            const read: Record<string, () => Promise<{ body?: { toMap(): Record<string, unknown> } }>> = {
                "swas.ListRegions": () => swas.listRegions(new swasModels.ListRegionsRequest({})),
                "swas.ListPlans": () => swas.listPlans(new swasModels.ListPlansRequest(region)),
                "swas.ListImages": () => swas.listImages(new swasModels.ListImagesRequest(region)),
                "swas.ListInstances": () => swas.listInstances(new swasModels.ListInstancesRequest(region)),
                "swas.ListInstanceStatus": () =>
                    swas.listInstanceStatus(new swasModels.ListInstanceStatusRequest(region)),
                "swas.ListDisks": () => swas.listDisks(new swasModels.ListDisksRequest(region)),
                "swas.ListSnapshots": () => swas.listSnapshots(new swasModels.ListSnapshotsRequest(region)),
                "swas.ListCustomImages": () => swas.listCustomImages(new swasModels.ListCustomImagesRequest(region)),
                "swas.ListCustomImageShareAccounts": () =>
                    swas.listCustomImageShareAccounts(new swasModels.ListCustomImageShareAccountsRequest(image)),
                "swas.ListTagResources": () =>
                    swas.listTagResources(
                        new swasModels.ListTagResourcesRequest({ ...region, resourceType: "customimage" }),
                    ),
                "ecs.DescribeRegions": () => ecs.describeRegions(new ecsModels.DescribeRegionsRequest({})),
                "ecs.DescribeImages": () =>
                    ecs.describeImages(new ecsModels.DescribeImagesRequest({ ...region, status: "ALL" })),
                "ecs.DescribeInstances": () => ecs.describeInstances(new ecsModels.DescribeInstancesRequest(region)),
                "ecs.DescribeSnapshots": () => ecs.describeSnapshots(new ecsModels.DescribeSnapshotsRequest(region)),
            };
            const sent: Record<string, unknown> = {};
            const understood: Record<string, unknown> = {};
            for (const advance of [0, 20 * minute]) {
                simulator.sim.advance(advance);
                for (const [action, ask] of Object.entries(read)) {
                    const [product, name] = action.split(".");
                    const key = { id: "SIMULATEDALIBABAKEY1", secret: "simulated-alibaba-secret-1" };
                    const client = new SignedClient(simulator.url, key, product === "ecs" ? "ecs" : "swas");
                    const parameters: Record<string, string> = {
                        ...(action === "ecs.DescribeImages" ? { Status: "ALL" } : {}),
                        ...(action === "swas.ListCustomImageShareAccounts" ? { ImageId: imageId } : {}),
                        ...(action === "swas.ListTagResources" ? { ResourceType: "customimage" } : {}),
                    };
                    const raw = await client.ok(name ?? "", parameters);
                    sent[`${action} after ${advance}`] = { ...raw, RequestId: "" };
                    understood[`${action} after ${advance}`] = { ...(await ask()).body?.toMap(), RequestId: "" };
                }
            }
            assert.deepEqual(understood, sent);
        });

        it("share it with ECS, run instances from it, unshare and delete it", async () => {
            const { swas, imageId } = await snapshotAndImage();
            const ecs = new EcsClient(config());
            const share = (operation: string) =>
                swas.modifyImageShareStatus(
                    new swasModels.ModifyImageShareStatusRequest({ ...region, imageId, operation }),
                );
            await share("Share");
            const inEcs = async () => {
                const request = { ...region, imageId, imageOwnerAlias: "others" };
                const { body } = await ecs.describeImages(new ecsModels.DescribeImagesRequest(request));
                return body?.images?.image ?? [];
            };
            const [image] = await inEcs();
            assert.equal(image?.imageId, imageId);
            assert.equal(image?.usable, true);
            assert.equal(image?.diskDeviceMappings?.diskDeviceMapping?.[0]?.size, "40");
            const { body: run } = await ecs.runInstances(
                new ecsModels.RunInstancesRequest({
                    ...region,
                    imageId,
                    instanceType: "ecs.g6.large",
                    amount: 1,
                    systemDisk: new ecsModels.RunInstancesRequestSystemDisk({ size: "40" }),
                    tag: [new ecsModels.RunInstancesRequestTag({ key: "env", value: "prod" })],
                }),
            );
            const instanceId = run?.instanceIdSets?.instanceIdSet?.[0] ?? "";
            simulator.sim.advance(minute);
            const { body: instances } = await ecs.describeInstances(
                new ecsModels.DescribeInstancesRequest({ ...region, instanceIds: JSON.stringify([instanceId]) }),
            );
            assert.equal(instances?.instances?.instance?.[0]?.status, "Running");
            assert.equal(instances?.instances?.instance?.[0]?.tags?.tag?.[0]?.tagValue, "prod");
            await ecs.deleteInstance(new ecsModels.DeleteInstanceRequest({ instanceId, force: true }));

            const remove = () =>
                swas.deleteCustomImage(new swasModels.DeleteCustomImageRequest({ ...region, imageId }));
            await assert.rejects(remove, (error: Error & { code?: string; statusCode?: number }) => {
                assert.equal(error.name, "ClientError");
                assert.equal(error.code, "CustomImageInShare");
                assert.equal(error.statusCode, 400);
                assert.match(error.message, /^CustomImageInShare: code: 400, The custom image is being shared/);
                return true;
            });
            await share("UnShare");
            assert.deepEqual(await inEcs(), []);
            await remove();
        });

        it("copy it within ECS, cancel, share and delete the copy", async () => {
            const { swas, imageId } = await snapshotAndImage();
            const ecs = new EcsClient(config());
            await swas.modifyImageShareStatus(
                new swasModels.ModifyImageShareStatusRequest({ ...region, imageId, operation: "Share" }),
            );
            const copy = async (name: string) => {
                const request = { ...region, imageId, destinationRegionId: "cn-hangzhou", destinationImageName: name };
                const { body } = await ecs.copyImage(new ecsModels.CopyImageRequest(request));
                return { ...region, imageId: body?.imageId ?? "" };
            };
            const owned = await copy("owned");
            const cancelled = await copy("cancelled");
            await ecs.cancelCopyImage(new ecsModels.CancelCopyImageRequest(cancelled));
            simulator.sim.advance(11 * minute);
            const { body: images } = await ecs.describeImages(
                new ecsModels.DescribeImagesRequest({ ...region, imageOwnerAlias: "self" }),
            );
            assert.deepEqual(
                images?.images?.image?.map((image) => [image.imageId, image.isCopied, image.usable]),
                [[owned.imageId, true, true]],
            );
            const partner = ["1000000000000002"];
            await ecs.modifyImageSharePermission(
                new ecsModels.ModifyImageSharePermissionRequest({ ...owned, addAccount: partner }),
            );
            const { body: shares } = await ecs.describeImageSharePermission(
                new ecsModels.DescribeImageSharePermissionRequest(owned),
            );
            assert.equal(shares?.accounts?.account?.[0]?.aliyunId, partner[0]);
            await ecs.modifyImageSharePermission(
                new ecsModels.ModifyImageSharePermissionRequest({ ...owned, removeAccount: partner }),
            );
            await ecs.deleteImage(new ecsModels.DeleteImageRequest(owned));
        });

        it("share it with an account", async () => {
            const { swas, imageId } = await snapshotAndImage();
            const request = { ...region, imageId, account: [1000000000000002] };
            await swas.addCustomImageShareAccount(new swasModels.AddCustomImageShareAccountRequest(request));
            const { body } = await swas.listCustomImageShareAccounts(
                new swasModels.ListCustomImageShareAccountsRequest({ ...region, imageId, pageSize: 50 }),
            );
            assert.equal(body?.imageShareUsers?.[0]?.userId, 1000000000000002);
            await swas.removeCustomImageShareAccount(new swasModels.RemoveCustomImageShareAccountRequest(request));
        });

        it("raise their own error classes", async () => {
            const list = (client: InstanceType<typeof SwasClient>) =>
                client.listInstances(new swasModels.ListInstancesRequest(region));
            const fails = async (
                client: InstanceType<typeof SwasClient>,
                expected: { name: string; code: string; statusCode: number; retryAfter?: number },
            ) => {
                await assert.rejects(list(client), (error: Error & Record<string, unknown>) => {
                    const { name, code, statusCode, retryAfter } = error;
                    assert.deepEqual(
                        expected.retryAfter === undefined
                            ? { name, code, statusCode }
                            : { name, code, statusCode, retryAfter },
                        expected,
                    );
                    return true;
                });
            };
            await fails(new SwasClient(config({ accessKeySecret: "wrong" })), {
                name: "ClientError",
                code: "SignatureDoesNotMatch",
                statusCode: 400,
            });
            await fails(new SwasClient(config({ accessKeyId: "NOBODY" })), {
                name: "ClientError",
                code: "InvalidAccessKeyId.NotFound",
                statusCode: 404,
            });
            const action = "swas.ListInstances";
            simulator.sim.faults.add({ action, status: 400, code: "Throttling.User", message: "flow control" });
            await fails(new SwasClient(config()), {
                name: "ThrottlingError",
                code: "Throttling.User",
                statusCode: 400,
                retryAfter: 700,
            });
            simulator.sim.faults.add({ action, status: 500, code: "InternalError", message: "failed" });
            await fails(new SwasClient(config()), { name: "ServerError", code: "InternalError", statusCode: 500 });
        });
    });
}

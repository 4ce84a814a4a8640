import assert from "node:assert/strict";
import { type RunningSimulator, startSimulator } from "../../provider/dist/simulator/index.js";
import {
    configFor,
    description,
    EcsClient,
    ecsModels,
    region,
    SwasClient,
    snapshotAndImage,
    swasModels,
} from "../simulator/alibaba/officialSdk.ts";
import { minute, stopped, web } from "../simulator/alibaba/simulated.ts";

// The official SDKs, unmodified: the simulator must answer what they accept.
for (const signature of ["ACS3", "v2"] as const) {
    describe(`Alibaba's official SDKs (${signature} signature)`, () => {
        let simulator: RunningSimulator;

        beforeEach(async () => {
            simulator = await startSimulator({ clock: "frozen" });
        });
        afterEach(() => simulator.close());

        it("create a custom image and read it", async () => {
            const { swas, snapshotId, imageId } = await snapshotAndImage(simulator, signature);
            const { body: listed } = await swas.listCustomImages(
                new swasModels.ListCustomImagesRequest({ ...region, imageIds: JSON.stringify([imageId]) }),
            );
            const [image] = listed?.customImages ?? [];
            assert.equal(listed?.totalCount, "1");
            assert.equal(image?.status, "1");
            assert.equal(image?.description, description);
            assert.equal(image?.systemSnapshotId, snapshotId);
            assert.equal(image?.userId, 1000000000000001);
            assert.equal(image?.inShare, false);
            assert.deepEqual(image?.tags?.[0]?.toMap(), { Key: "env", Value: "prod" });
            const { body: snapshots } = await swas.listSnapshots(new swasModels.ListSnapshotsRequest(region));
            assert.equal(snapshots?.snapshots?.[0]?.status, "accomplished");
            const { body: regions } = await swas.listRegions(new swasModels.ListRegionsRequest({}));
            assert.deepEqual(
                regions?.regions?.map(({ regionId }) => regionId),
                ["cn-hangzhou", "cn-shanghai", "cn-beijing", "cn-shenzhen"],
            );
        });

        it("share it with ECS, run instances from it, unshare and delete it", async () => {
            const { swas, imageId } = await snapshotAndImage(simulator, signature);
            const ecs = new EcsClient(configFor(simulator, signature));
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

        it("copy it within ECS, cancel a copy, share and delete the copy", async () => {
            const { swas, imageId } = await snapshotAndImage(simulator, signature);
            const ecs = new EcsClient(configFor(simulator, signature));
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
            const { swas, imageId } = await snapshotAndImage(simulator, signature);
            const request = { ...region, imageId, account: [1000000000000002] };
            await swas.addCustomImageShareAccount(new swasModels.AddCustomImageShareAccountRequest(request));
            const { body } = await swas.listCustomImageShareAccounts(
                new swasModels.ListCustomImageShareAccountsRequest({ ...region, imageId, pageSize: 50 }),
            );
            assert.equal(body?.imageShareUsers?.[0]?.userId, 1000000000000002);
            await swas.removeCustomImageShareAccount(new swasModels.RemoveCustomImageShareAccountRequest(request));
        });

        it("reset a server and roll back its disk", async () => {
            const { swas, snapshotId, imageId } = await snapshotAndImage(simulator, signature);
            const status = async (instanceId: string) => {
                const asked = { ...region, instanceIds: JSON.stringify([instanceId]) };
                const { body } = await swas.listInstanceStatus(new swasModels.ListInstanceStatusRequest(asked));
                return body?.instanceStatuses?.[0]?.status;
            };
            const loginCredentials = new swasModels.ResetSystemRequestLoginCredentials({ password: "weak" });
            const reset = (more: { loginCredentials?: typeof loginCredentials } = {}) =>
                swas.resetSystem(
                    new swasModels.ResetSystemRequest({ ...region, instanceId: stopped, imageId, ...more }),
                );
            await assert.rejects(reset({ loginCredentials }), { code: "InvalidPassword.Malformed" });
            await reset();
            assert.equal(await status(stopped), "Resetting");
            const both = { ...region, instanceIds: JSON.stringify([web]) };
            await swas.stopInstances(new swasModels.StopInstancesRequest({ ...both, forceStop: true }));
            simulator.sim.advance(3 * minute);
            assert.equal(await status(stopped), "Running");
            const { body: disks } = await swas.listDisks(
                new swasModels.ListDisksRequest({ ...region, instanceId: web, diskType: "system" }),
            );
            const diskId = disks?.disks?.[0]?.diskId;
            await swas.resetDisk(new swasModels.ResetDiskRequest({ ...region, diskId, snapshotId }));
            simulator.sim.advance(minute);
            const { body: snapshots } = await swas.listSnapshots(new swasModels.ListSnapshotsRequest(region));
            assert.equal(snapshots?.snapshots?.[0]?.rollbackTime, "2026-01-01T00:07:30Z");
        });

        it("throw their own error classes", async () => {
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
            await fails(new SwasClient(configFor(simulator, signature, { accessKeySecret: "wrong" })), {
                name: "ClientError",
                code: "SignatureDoesNotMatch",
                statusCode: 400,
            });
            await fails(new SwasClient(configFor(simulator, signature, { accessKeyId: "NOBODY" })), {
                name: "ClientError",
                code: "InvalidAccessKeyId.NotFound",
                statusCode: 404,
            });
            const action = "swas.ListInstances";
            simulator.sim.faults.add({ action, status: 400, code: "Throttling.User", message: "flow control" });
            await fails(new SwasClient(configFor(simulator, signature)), {
                name: "ThrottlingError",
                code: "Throttling.User",
                statusCode: 400,
                retryAfter: 700,
            });
            simulator.sim.faults.add({ action, status: 500, code: "InternalError", message: "failed" });
            await fails(new SwasClient(configFor(simulator, signature)), {
                name: "ServerError",
                code: "InternalError",
                statusCode: 500,
            });
        });
    });
}

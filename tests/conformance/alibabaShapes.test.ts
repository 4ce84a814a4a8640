import assert from "node:assert/strict";
import { type RunningSimulator, startSimulator } from "../../provider/dist/simulator/index.js";
import {
    configFor,
    EcsClient,
    ecsModels,
    region,
    snapshotAndImage,
    swasModels,
} from "../simulator/alibaba/officialSdk.ts";
import { SignedClient } from "../simulator/alibaba/signedClient.ts";
import { golden, minute, web } from "../simulator/alibaba/simulated.ts";

// The SDKs drop keys that their models do not declare: a misspelled key would look like a missing field, never like an
// error.
describe("Alibaba's official SDKs", () => {
    const signature = "ACS3";
    let simulator: RunningSimulator;

    beforeEach(async () => {
        simulator = await startSimulator({ clock: "frozen" });
    });
    afterEach(() => simulator.close());

    it("declare every key that is sent, with its type", async () => {
        const { swas, imageId } = await snapshotAndImage(simulator, signature);
        const ecs = new EcsClient(configFor(simulator, signature));
        const image = { ...region, imageId };
        await swas.modifyImageShareStatus(
            new swasModels.ModifyImageShareStatusRequest({ ...image, operation: "Share" }),
        );
        const account = { ...image, account: [1000000000000002] };
        await swas.addCustomImageShareAccount(new swasModels.AddCustomImageShareAccountRequest(account));
        const { body: copy } = await ecs.copyImage(new ecsModels.CopyImageRequest(image));
        const ofCopy = { ...region, imageId: copy?.imageId };
        const server = { ...region, instanceId: web };
        const family = { ...region, imageFamily: "web" };
        const command = { name: "look", type: "RunShellScript", commandContent: "sync" };
        const { body: run } = await swas.runCommand(new swasModels.RunCommandRequest({ ...server, ...command }));
        const invocation = { ...server, invokeId: run?.invokeId };
        await ecs.runInstances(
            new ecsModels.RunInstancesRequest({ ...image, instanceType: "ecs.g6.large", vSwitchId: "vsw-1" }),
        );
        const read: Record<string, () => Promise<{ body?: { toMap(): Record<string, unknown> } }>> = {
            "swas.ListRegions": () => swas.listRegions(new swasModels.ListRegionsRequest({})),
            "swas.ListPlans": () => swas.listPlans(new swasModels.ListPlansRequest(region)),
            "swas.ListImages": () => swas.listImages(new swasModels.ListImagesRequest(region)),
            "swas.ListInstances": () => swas.listInstances(new swasModels.ListInstancesRequest(region)),
            "swas.ListInstanceStatus": () => swas.listInstanceStatus(new swasModels.ListInstanceStatusRequest(region)),
            "swas.ListDisks": () => swas.listDisks(new swasModels.ListDisksRequest(region)),
            "swas.ListSnapshots": () => swas.listSnapshots(new swasModels.ListSnapshotsRequest(region)),
            "swas.ListCustomImages": () => swas.listCustomImages(new swasModels.ListCustomImagesRequest(region)),
            "swas.ListCustomImageShareAccounts": () =>
                swas.listCustomImageShareAccounts(new swasModels.ListCustomImageShareAccountsRequest(image)),
            "swas.ListTagResources": () =>
                swas.listTagResources(
                    new swasModels.ListTagResourcesRequest({ ...region, resourceType: "customimage" }),
                ),
            "swas.ListInstancePlansModification": () =>
                swas.listInstancePlansModification(new swasModels.ListInstancePlansModificationRequest(server)),
            "swas.DescribeInvocations": () =>
                swas.describeInvocations(new swasModels.DescribeInvocationsRequest(server)),
            "swas.DescribeInvocationResult": () =>
                swas.describeInvocationResult(new swasModels.DescribeInvocationResultRequest(invocation)),
            "swas.DescribeCloudAssistantStatus": () =>
                swas.describeCloudAssistantStatus(new swasModels.DescribeCloudAssistantStatusRequest(region)),
            "ecs.DescribeDisks": () => ecs.describeDisks(new ecsModels.DescribeDisksRequest(region)),
            "ecs.DescribeImageFromFamily": () =>
                ecs.describeImageFromFamily(new ecsModels.DescribeImageFromFamilyRequest(family)),
            "ecs.DescribeRegions": () => ecs.describeRegions(new ecsModels.DescribeRegionsRequest({})),
            "ecs.DescribeImages": () =>
                ecs.describeImages(new ecsModels.DescribeImagesRequest({ ...region, status: "ALL" })),
            "ecs.DescribeInstances": () => ecs.describeInstances(new ecsModels.DescribeInstancesRequest(region)),
            "ecs.DescribeSnapshots": () => ecs.describeSnapshots(new ecsModels.DescribeSnapshotsRequest(region)),
        };
        const parametersOf: Record<string, Record<string, string>> = {
            "ecs.DescribeImages": { Status: "ALL" },
            "ecs.DescribeImageFromFamily": { ImageFamily: "web" },
            "swas.ListCustomImageShareAccounts": { ImageId: imageId },
            "swas.ListTagResources": { ResourceType: "customimage" },
            "swas.ListInstancePlansModification": { InstanceId: web },
            "swas.DescribeInvocations": { InstanceId: web },
            "swas.DescribeInvocationResult": { InstanceId: web, InvokeId: run?.invokeId ?? "" },
        };
        const sent: Record<string, unknown> = {};
        const understood: Record<string, unknown> = {};
        for (const advance of [0, 20 * minute]) {
            simulator.sim.advance(advance);
            if (advance > 0) {
                await ecs.modifyImageAttribute(
                    new ecsModels.ModifyImageAttributeRequest({ ...ofCopy, imageFamily: "web" }),
                );
            }
            for (const [action, ask] of Object.entries(read)) {
                const [product, name] = action.split(".");

                const client = new SignedClient(simulator.url, golden, product === "ecs" ? "ecs" : "swas");
                const raw = await client.ok(name ?? "", parametersOf[action]);
                sent[`${action} after ${advance}`] = { ...raw, RequestId: "" };
                understood[`${action} after ${advance}`] = { ...(await ask()).body?.toMap(), RequestId: "" };
            }
        }
        assert.deepEqual(understood, sent);
    });
});

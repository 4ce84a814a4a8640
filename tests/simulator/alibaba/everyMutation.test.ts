import assert from "node:assert/strict";
import { bss } from "../../../provider/dist/simulator/alibaba/bss/product.js";
import { ecs } from "../../../provider/dist/simulator/alibaba/ecs/product.js";
import { swas } from "../../../provider/dist/simulator/alibaba/swas/product.js";
import { type Prepared, SignedClient, send } from "./signedClient.ts";
import {
    closeAll,
    golden,
    minute,
    partner,
    type Simulated,
    simulate,
    stopped,
    volumeGroup,
    web,
    windows,
} from "./simulated.ts";

type Sender = (client: SignedClient, action: string, parameters: Record<string, string>) => Prepared;

const acsHeaders = (client: SignedClient, action: string) => ({
    "x-acs-action": action,
    "x-acs-version": client.prepare(action, {}).headers["x-acs-version"] ?? "",
});

type ProductName = "swas" | "ecs" | "bss";
type Ask = (product: ProductName, action: string, parameters: Record<string, string>) => Promise<void>;

/** How clients send a mutating request. */
const senders: Record<string, Sender> = {
    // terraform-provider-alicloud (RpcPost): the action in the query and in headers, the rest in a form body.
    "in Terraform's form body": (client, action, parameters) => {
        const prepared = client.prepareV1(action, parameters, { inBody: true });
        return { ...prepared, headers: { ...prepared.headers, ...acsHeaders(client, action) } };
    },
    "in the query of a GET": (client, action, parameters) => client.prepareV1(action, parameters, { method: "GET" }),
    "in the query of a POST, signed with ACS3": (client, action, parameters) => client.prepare(action, parameters),
};

/** Calls every mutating operation once, successfully. Returns the called operations. */
async function driveAll(cloud: Simulated, sender: Sender, before?: Ask): Promise<string[]> {
    const driven: string[] = [];
    const by = (product: ProductName) => async (action: string, parameters: Record<string, string>) => {
        await before?.(product, action, parameters);
        const { status, text, body } = await send(sender(cloud[product], action, parameters));
        assert.equal(status, 200, `${action}: ${text}`);
        driven.push(`${product}.${action}`);
        return body;
    };
    const simple = by("swas");
    const elastic = by("ecs");
    const rest = () => cloud.advance(40 * minute);

    const DiskId = await cloud.systemDisk();
    const { SnapshotId } = await simple("CreateSnapshot", { DiskId, SnapshotName: "one-two" });
    rest();
    await simple("UpdateSnapshotAttribute", { SnapshotId, Remark: "a b & c" });
    await simple("UpdateDiskAttribute", { DiskId, Remark: "+" });
    const image = { InstanceId: web, SystemSnapshotId: SnapshotId, "Tag.1.Key": "env", "Tag.1.Value": "a b" };
    const { ImageId } = await simple("CreateCustomImage", { ...image, ImageName: "image" });
    const spare = await simple("CreateCustomImage", { ...image, ImageName: "spare" });
    const third = await simple("CreateCustomImage", { ...image, ImageName: "third" });
    rest();
    await simple("CopyCustomImage", { ImageId, DestinationRegionId: "cn-shanghai", DestinationImageName: "copy" });
    rest();
    await simple("AddCustomImageShareAccount", { ImageId, "Account.1": partner.account });
    await simple("RemoveCustomImageShareAccount", { ImageId, "Account.1": partner.account });
    await simple("ModifyImageShareStatus", { ImageId, Operation: "Share" });
    await simple("DeleteCustomImage", { ImageId: spare.ImageId });
    await simple("DeleteCustomImages", { ImageIds: JSON.stringify([third.ImageId]) });
    const tagged = { ResourceType: "customimage", "ResourceId.1": ImageId };
    await simple("TagResources", { ...tagged, "Tag.1.Key": "team" });
    await simple("UntagResources", { ...tagged, "TagKey.1": "team" });
    const command = { Name: "look", Type: "RunShellScript", CommandContent: "sync" };
    await simple("RunCommand", { InstanceId: web, ...command });
    const { CommandId } = await simple("CreateCommand", command);
    await simple("UpdateCommandAttribute", { CommandId, Description: "a b" });
    await simple("InvokeCommand", { CommandId, InstanceIds: JSON.stringify([web]) });
    rest();
    await simple("DeleteCommand", { CommandId });
    await simple("InstallCloudAssistant", { InstanceIds: JSON.stringify([web]) });
    await simple("CreateInstances", { ImageId, PlanId: "swas.s2.c2m1s40b3t04", Period: "1" });
    await simple("UpdateInstanceAttribute", { InstanceId: windows, InstanceName: "renamed" });
    await simple("RenewInstance", { InstanceId: windows, Period: "1" });
    await simple("UpgradeInstance", { InstanceId: volumeGroup, PlanId: "swas.s2.c2m4s60b5t12" });
    await simple("ResetSystem", { InstanceId: stopped, ImageId });
    rest();
    await simple("RebootInstance", { InstanceId: windows });
    rest();
    await simple("RebootInstances", { InstanceIds: JSON.stringify([windows]) });
    await simple("StopInstance", { InstanceId: web });
    rest();
    await simple("ResetDisk", { DiskId, SnapshotId });
    rest();
    await simple("StartInstance", { InstanceId: web });
    rest();
    await simple("StopInstances", { InstanceIds: JSON.stringify([web]) });
    rest();
    await simple("StartInstances", { InstanceIds: JSON.stringify([web]) });
    for (const name of ["two", "three"]) {
        const one = { DiskId: await cloud.systemDisk(windows), SnapshotName: name };
        const { SnapshotId: id } = await simple("CreateSnapshot", one);
        rest();
        if (name === "two") await simple("DeleteSnapshot", { SnapshotId: id });
        else await simple("DeleteSnapshots", { SnapshotIds: JSON.stringify([id]) });
    }

    const owned = await elastic("CopyImage", { ImageId, DestinationImageName: "owned" });
    const cancelled = await elastic("CopyImage", { ImageId });
    await elastic("CancelCopyImage", { ImageId: cancelled.ImageId });
    rest();
    const own = { ImageId: owned.ImageId };
    await elastic("ModifyImageAttribute", { ...own, ImageFamily: "web", Description: "a b" });
    await elastic("ModifyImageSharePermission", { ...own, "AddAccount.1": partner.account });
    await elastic("ModifyImageSharePermission", { ...own, "RemoveAccount.1": partner.account });
    const target = { ResourceType: "image", "ResourceId.1": owned.ImageId };
    await elastic("TagResources", { ...target, "Tag.1.Key": "team" });
    await elastic("UntagResources", { ...target, All: "true" });
    const disk = { "DataDisk.1.Size": "40", "DataDisk.1.DeleteWithInstance": "false" };
    const { InstanceIdSets } = await elastic("RunInstances", { ...own, ...disk, InstanceType: "ecs.g6.large" });
    const [InstanceId] = InstanceIdSets.InstanceIdSet;
    rest();
    await elastic("RebootInstance", { InstanceId });
    rest();
    await elastic("StopInstance", { InstanceId });
    rest();
    await elastic("ReplaceSystemDisk", { InstanceId, ...own });
    await elastic("StartInstance", { InstanceId });
    rest();
    await elastic("DeleteInstance", { InstanceId, Force: "true" });
    const { Disks } = await cloud.ecs.ok("DescribeDisks");
    await elastic("DeleteDisk", { DiskId: Disks.Disk[0].DiskId });
    const snapshots = await cloud.ecs.ok("DescribeSnapshots");
    await elastic("DeleteImage", own);
    await elastic("DeleteSnapshot", { SnapshotId: snapshots.Snapshots.Snapshot[0].SnapshotId });
    await by("bss")("RefundInstance", { InstanceId: web, ProductCode: "swas", ImmediatelyRelease: "1" });
    return driven;
}

describe("Alibaba mutating operations", () => {
    afterEach(closeAll);

    const all = [swas, ecs, bss].flatMap(({ name, operations }) =>
        operations.flatMap((operation) => (operation.reads ? [] : [`${name}.${operation.name}`])),
    );
    for (const [name, sender] of Object.entries(senders)) {
        it(`succeed when they are sent ${name}`, async () => {
            const cloud = await simulate();
            const driven = await driveAll(cloud, sender);
            assert.deepEqual([...new Set(driven)].sort(), [...all].sort());
            const disks = await cloud.swas.ok("ListDisks", { InstanceId: windows });
            assert.equal(disks.TotalCount, 1);
        });
    }

    it("change nothing for another account, and reveal nothing to it", async () => {
        const cloud = await simulate();
        const { url } = cloud.simulator;
        const foreign = {
            swas: new SignedClient(url, partner, "swas"),
            ecs: new SignedClient(url, partner, "ecs"),
            bss: new SignedClient(url, partner, "bss"),
        };
        const objects = () => JSON.stringify(cloud.sim.registry.objects());
        await driveAll(
            cloud,
            (client, action, parameters) => client.prepare(action, parameters),
            async (product, action, parameters) => {
                // It names no object.
                if (action === "CreateCommand") return;
                const before = objects();
                const { status, body } = await foreign[product].call(action, parameters);
                assert.equal(objects(), before, action);
                // For ECS, an unknown image or snapshot is already deleted.
                const isIgnored = product === "ecs" && ["DeleteImage", "DeleteSnapshot"].includes(action);
                if (isIgnored) assert.equal(status, 200);
                // At that moment, the image is shared with it.
                else if ("RemoveAccount.1" in parameters) assert.equal(body.Code, "OperationDenied.NotImageOwner");
                else assert.match(`${status} ${body.Code}`, /^404 Invalid\w+\.NotFound$/, action);
            },
        );
    });

    it("create the same objects however often a client polls or is refused in between", async () => {
        const play = async (isNosy: boolean) => {
            const cloud = await simulate({ seed: 7 });
            const nosy = async () => {
                if (!isNosy) return;
                await cloud.swas.ok("ListInstances");
                await cloud.swas.refused("DeleteCustomImage", { ImageId: "m-bp1" });
                await cloud.swas.refused("CreateInstances", { ImageId: "x", PlanId: "y", Period: 1 });
                await cloud.ecs.refused("CopyImage", { ImageId: "m-bp1", DryRun: true });
            };
            await driveAll(cloud, (client, action, parameters) => client.prepare(action, parameters));
            await nosy();
            const createdIds: string[] = [];
            for (const name of ["one", "two", "three"]) {
                await nosy();
                createdIds.push(await cloud.snapshot(name, windows));
            }
            return createdIds;
        };
        assert.deepEqual(await play(true), await play(false));
    });

    it("require no RegionId if they name an object: Terraform shares images without one", async () => {
        const cloud = await simulate();
        const SnapshotId = await cloud.snapshot("one");
        const { ImageId } = await cloud.swas.ok("CreateCustomImage", {
            InstanceId: web,
            SystemSnapshotId: SnapshotId,
            ImageName: "image",
        });
        cloud.advance(3 * minute);
        const own = new SignedClient(cloud.simulator.url, golden, "swas", "");
        const foreign = new SignedClient(cloud.simulator.url, partner, "swas", "");
        const without = (client: SignedClient, action: string, parameters: Record<string, string>) =>
            send(client.prepareV1(action, parameters, { inBody: true }));
        const share = { ImageId, Operation: "Share" };
        assert.equal((await without(own, "ModifyImageShareStatus", share)).status, 200);
        assert.equal((await cloud.swas.ok("ListCustomImages")).CustomImages[0].InShare, true);
        const call = cloud.sim.calls.list().find(({ action }) => action === "swas.ModifyImageShareStatus");
        assert.equal(call?.region, "cn-hangzhou");
        assert.equal((await without(own, "StopInstance", { InstanceId: web })).status, 200);
        assert.equal((await without(own, "UpdateSnapshotAttribute", { SnapshotId, Remark: "x" })).status, 200);
        const code = async (answer: ReturnType<typeof without>) => (await answer).body.Code;
        const unknown = { ImageId: "m-bp1", Operation: "Share" };
        assert.equal(await code(without(own, "ModifyImageShareStatus", unknown)), "InvalidImageId.NotFound");
        assert.equal(await code(without(own, "ModifyImageShareStatus", {})), "MissingRegionId");
        // The host in the error would reveal the region of another account's server.
        const { Code, HostId } = (await without(foreign, "StopInstance", { InstanceId: windows })).body;
        assert.deepEqual([Code, HostId], ["InvalidInstanceId.NotFound", "swas-open.aliyuncs.com"]);
    });
});

import type { SignedClient } from "../signedClient.ts";
import { minute, partner, type Simulated, second, stopped, volumeGroup, web, windows } from "../simulated.ts";
import { faultRows } from "./faultRows.ts";
import { requestChoiceRows } from "./requestChoiceRows.ts";
import type { ChoiceRow } from "./row.ts";
import { anImage, anInstance, anUnfinishedImage, aSharedImage, linux, smallPlan, status } from "./scene.ts";
import { serverChoiceRows } from "./serverChoiceRows.ts";

const objectsOf = ({ sim }: Simulated) => JSON.stringify(sim.registry.objects());

/** By the text of the assumption. */
export const choiceRows: Readonly<Record<string, ChoiceRow>> = {
    ...faultRows,
    ...requestChoiceRows,
    ...serverChoiceRows,
    "sharing an image that is already shared, or unsharing an image that is not shared": {
        shows: async (cloud) => {
            const ImageId = await anImage(cloud);
            const before = objectsOf(cloud);
            await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "UnShare" });
            const unchanged = objectsOf(cloud) === before;
            await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
            const shared = objectsOf(cloud);
            await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
            return [unchanged, shared !== before, objectsOf(cloud) === shared];
        },
        is: [true, true, true],
    },
    "the parameter Share of ListCustomImages": {
        shows: async (cloud) => {
            const ImageId = await anImage(cloud);
            await cloud.swas.ok("AddCustomImageShareAccount", { ImageId, "Account.1": partner.account });
            const count = async (client: SignedClient, Share: boolean) =>
                (await client.ok("ListCustomImages", { Share })).TotalCount;
            const { swas, partner: recipient } = cloud;
            return [
                [await count(swas, true), await count(swas, false)],
                [await count(recipient, true), await count(recipient, false)],
            ];
        },
        is: [
            ["0", "1"],
            ["1", "0"],
        ],
    },
    "several ids in StartInstances, StopInstances, RebootInstances, InvokeCommand, DeleteSnapshots, DeleteCustomImages":
        {
            shows: async (cloud) => {
                const { imageId, snapshotId } = await cloud.image("image");
                const free = await cloud.snapshot("free", windows);
                const command = { Name: "look", Type: "RunShellScript", CommandContent: "pvs" };
                const { CommandId } = await cloud.swas.ok("CreateCommand", command);
                const before = objectsOf(cloud);
                const refused = (action: string, name: string, ids: string[]) =>
                    cloud.swas.refused(action, { [name]: JSON.stringify(ids) });
                return [
                    await refused("StartInstances", "InstanceIds", [stopped, web]),
                    await refused("StopInstances", "InstanceIds", [web, stopped]),
                    await refused("RebootInstances", "InstanceIds", [web, stopped]),
                    await cloud.swas.refused("InvokeCommand", {
                        CommandId,
                        InstanceIds: JSON.stringify([web, stopped]),
                    }),
                    await refused("DeleteSnapshots", "SnapshotIds", [free, snapshotId]),
                    await refused("DeleteCustomImages", "ImageIds", [imageId, "none"]),
                    objectsOf(cloud) === before,
                ];
            },
            is: [
                "403 IncorrectInstanceStatus",
                "403 IncorrectInstanceStatus",
                "403 IncorrectInstanceStatus",
                "403 IncorrectInstanceStatus",
                "403 SnapshotCreatedImage",
                "404 InvalidImageId.NotFound",
                true,
            ],
        },
    "quotas of images and snapshots": {
        options: { quotas: { "alibaba.swas.images": 1, "alibaba.swas.snapshots": 1 } },
        shows: async (cloud) => {
            await anImage(cloud);
            const { shanghai, sim } = cloud;
            const { InstanceIds } = await shanghai.ok("CreateInstances", { ...smallPlan, ImageId: linux });
            cloud.advance(2 * minute);
            const [InstanceId] = InstanceIds;
            const { DiskId } = (await shanghai.ok("ListDisks", { InstanceId })).Disks[0];
            const snapshot = { DiskId, SnapshotName: "two" };
            const another = await shanghai.refused("CreateSnapshot", snapshot);
            sim.quotas.change("alibaba.swas.snapshots", 2);
            const { SnapshotId } = await shanghai.ok("CreateSnapshot", snapshot);
            cloud.advance(minute);
            const image = { InstanceId, SystemSnapshotId: SnapshotId, ImageName: "two" };
            return [another, await shanghai.refused("CreateCustomImage", image)];
        },
        is: ["400 QuotaExceed.Snapshot", "400 CustomImageQuotaLimit"],
    },
    "ListImages for custom images": {
        shows: async (cloud) => {
            const count = async () => (await cloud.swas.ok("ListImages", { ImageType: "custom" })).Images.length;
            await anUnfinishedImage(cloud);
            const unfinished = await count();
            cloud.advance(3 * minute);
            return [unfinished, await count()];
        },
        is: [0, 1],
    },
    "a SWAS image that is shared with ECS": {
        shows: async (cloud) => {
            const id = await aSharedImage(cloud);
            const { Images } = await cloud.ecs.ok("DescribeImages", { ImageOwnerAlias: "others" });
            return Images.Image.map((one: { ImageId: string; ImageOwnerAlias: string }) => [
                one.ImageId === id,
                one.ImageOwnerAlias,
            ]);
        },
        is: [[true, "others"]],
    },
    "UpgradeInstance of a stopped server": {
        shows: async (cloud) => {
            for (const InstanceId of [stopped, volumeGroup]) {
                await cloud.swas.ok("UpgradeInstance", { InstanceId, PlanId: "swas.s2.c2m4s60b5t12" });
            }
            cloud.advance(minute);
            return [await status(cloud, stopped), await status(cloud, volumeGroup)];
        },
        is: ["Stopped", "Running"],
    },
    "UpdateDiskAttribute of a system disk": {
        shows: async (cloud) => {
            const DiskId = await cloud.systemDisk();
            await cloud.swas.ok("UpdateDiskAttribute", { DiskId, Remark: "mine" });
            return (await cloud.swas.ok("ListDisks", { DiskIds: JSON.stringify([DiskId]) })).Disks[0].Remark;
        },
        is: "mine",
    },
    "Cloud Assistant": {
        shows: async ({ swas }) => {
            const asked = { InstanceIds: JSON.stringify([web, windows]) };
            const { CloudAssistantStatus } = await swas.ok("DescribeCloudAssistantStatus", asked);
            return CloudAssistantStatus.map(({ Status }: { Status: boolean }) => Status);
        },
        is: [true, true],
    },
    "a Windows guest without a SAN policy in the world": {
        shows: async ({ swas, sim }) => {
            const { Images } = await swas.ok("ListImages", { ImageType: "system" });
            const { ImageId } = Images.find(({ Platform }: { Platform: string }) => Platform === "Windows");
            const plan = { ...smallPlan, PlanId: "swas.s2.c2m4s60b5t12" };
            const { InstanceIds } = await swas.ok("CreateInstances", { ...plan, ImageId });
            sim.advance(2 * minute);
            const InstanceId = InstanceIds[0];
            const command = { Name: "look", Type: "RunPowerShellScript", CommandContent: "Get-StorageSetting" };
            const { InvokeId } = await swas.ok("RunCommand", { InstanceId, ...command });
            sim.advance(2 * second);
            const { InvocationResult } = await swas.ok("DescribeInvocationResult", { InstanceId, InvokeId });
            return Buffer.from(InvocationResult.Output, "base64").toString().includes("OnlineAll");
        },
        is: true,
    },
    "a filter that matches no object": {
        shows: async (cloud) => {
            await anInstance(cloud);
            const count = async (filter: Record<string, string>) =>
                (await cloud.ecs.ok("DescribeInstances", filter)).TotalCount;
            return [await count({}), await count({ LockReason: "security" })];
        },
        is: [1, 0],
    },
};

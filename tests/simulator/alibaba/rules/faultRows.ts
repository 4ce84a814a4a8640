import { defaultWorld } from "../../../../provider/dist/simulator/worlds/world.js";
import { minute, type Simulated, second, stopped, web } from "../simulated.ts";
import type { ChoiceRow } from "./row.ts";
import { anInstance, aSharedImage, instanceType, linux, rollBack, smallPlan, status, windowsServer } from "./scene.ts";

const fail = ({ sim }: Simulated, job: string) => sim.faults.add({ job, reason: "broken" });

const instanceStatus = async ({ ecs }: Simulated): Promise<string> =>
    (await ecs.ok("DescribeInstances")).Instances.Instance[0].Status;

const lagging = (durations: Record<string, number>) => ({
    world: { ...defaultWorld, alibaba: { ...defaultWorld.alibaba, durations } },
});

/** The results of steps with an injected fault, by the text of the assumption. */
export const faultRows: Readonly<Record<string, ChoiceRow>> = {
    "an injected fault in a server's or instance's start or reboot": {
        shows: async (cloud) => {
            const InstanceId = await anInstance(cloud);
            fail(cloud, "alibaba.ecsInstance.step");
            await cloud.ecs.ok("RebootInstance", { InstanceId });
            fail(cloud, "alibaba.server.step");
            await cloud.swas.ok("StartInstance", { InstanceId: stopped });
            cloud.advance(2 * minute);
            fail(cloud, "alibaba.server.step");
            await cloud.swas.ok("RebootInstance", { InstanceId: web });
            cloud.advance(2 * minute);
            return [await status(cloud, stopped), await status(cloud, web), await instanceStatus(cloud)];
        },
        is: ["Stopped", "Stopped", "Stopped"],
    },
    "an injected fault in a server's or instance's stop": {
        shows: async (cloud) => {
            const InstanceId = await anInstance(cloud);
            fail(cloud, "alibaba.ecsInstance.step");
            await cloud.ecs.ok("StopInstance", { InstanceId });
            fail(cloud, "alibaba.server.step");
            await cloud.swas.ok("StopInstance", { InstanceId: web });
            cloud.advance(2 * minute);
            return [await status(cloud, web), await instanceStatus(cloud)];
        },
        is: ["Running", "Running"],
    },
    "an injected fault in a server's or instance's creation": {
        shows: async (cloud) => {
            fail(cloud, "alibaba.ecsInstance.step");
            await anInstance(cloud);
            fail(cloud, "alibaba.server.step");
            const { InstanceIds } = await cloud.swas.ok("CreateInstances", { ...smallPlan, ImageId: linux });
            cloud.advance(30 * minute);
            return [await status(cloud, InstanceIds[0]), await instanceStatus(cloud)];
        },
        is: ["Stopped", "Stopped"],
    },
    "an injected fault in ResetSystem": {
        shows: async (cloud) => {
            fail(cloud, "alibaba.server.reset");
            await cloud.swas.ok("ResetSystem", { InstanceId: web, ImageId: windowsServer });
            cloud.advance(3 * minute);
            const asked = { InstanceIds: JSON.stringify([web]) };
            const { Status, Image } = (await cloud.swas.ok("ListInstances", asked)).Instances[0];
            return [Status, Image.OsType];
        },
        is: ["Stopped", "Linux"],
    },
    "an injected fault in UpgradeInstance": {
        shows: async (cloud) => {
            fail(cloud, "alibaba.server.upgraded");
            await cloud.swas.ok("UpgradeInstance", { InstanceId: web, PlanId: "swas.s2.c2m4s60b5t12" });
            cloud.advance(minute);
            const asked = { InstanceIds: JSON.stringify([web]) };
            const { Status, PlanId } = (await cloud.swas.ok("ListInstances", asked)).Instances[0];
            return [Status, PlanId];
        },
        is: ["Running", smallPlan.PlanId],
    },
    "an injected fault in ResetDisk": {
        shows: async (cloud) => {
            fail(cloud, "alibaba.disk.rolledBack");
            await rollBack(cloud);
            cloud.advance(minute);
            const [snapshot] = (await cloud.swas.ok("ListSnapshots")).Snapshots;
            return [(await cloud.swas.ok("ListDisks")).Disks[0].Status, "RollbackTime" in snapshot];
        },
        is: ["In_use", false],
    },
    "an injected fault in a refund": {
        shows: async (cloud) => {
            fail(cloud, "alibaba.server.released");
            await cloud.bss.ok("RefundInstance", { InstanceId: web, ProductCode: "swas", ImmediatelyRelease: "0" });
            cloud.advance(30 * minute);
            return status(cloud, web);
        },
        is: "Running",
    },
    "an injected fault in a share with ECS": {
        options: lagging({ ecsShareSeen: 3 }),
        shows: async (cloud) => {
            fail(cloud, "alibaba.customImage.shareSeen");
            const ImageId = await aSharedImage(cloud);
            cloud.advance(minute);
            const { CustomImages } = await cloud.swas.ok("ListCustomImages");
            return [CustomImages[0].InShare, (await cloud.ecs.ok("DescribeImages", { ImageId })).TotalCount];
        },
        is: [true, 0],
    },
    "an injected fault when a copied image becomes usable": {
        shows: async (cloud) => {
            fail(cloud, "alibaba.ecsImage.usable");
            const { ImageId } = await cloud.ecs.ok("CopyImage", { ImageId: await aSharedImage(cloud) });
            cloud.advance(60 * minute);
            const [image] = (await cloud.ecs.ok("DescribeImages", { ImageId })).Images.Image;
            const use = await cloud.ecs.refused("RunInstances", { ImageId, ...instanceType });
            return [image.Status, image.Usable, use];
        },
        is: ["Available", false, "403 IncorrectImageStatus"],
    },
    "an injected fault when a new object appears in lists": {
        options: lagging({ listed: 2 }),
        shows: async (cloud) => {
            fail(cloud, "alibaba.listed");
            await cloud.swas.ok("CreateSnapshot", { DiskId: await cloud.systemDisk(), SnapshotName: "one" });
            cloud.advance(10 * second);
            return (await cloud.swas.ok("ListSnapshots")).TotalCount;
        },
        is: 0,
    },
};

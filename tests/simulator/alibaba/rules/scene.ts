import { minute, type Simulated, second, web } from "../simulated.ts";

/** The objects that rows need to break a rule. */

export const linux = "a5b0c3d1e2f34455867788990a1b2c01";
export const windowsServer = "a5b0c3d1e2f34455867788990a1b2c03";
export const smallPlan = { PlanId: "swas.s2.c2m1s40b3t04", Period: 1 };
export const instanceType = { InstanceType: "ecs.g6.large" };

export async function dataDisk({ swas }: Simulated, InstanceId = web): Promise<string> {
    return (await swas.ok("ListDisks", { InstanceId, DiskType: "data" })).Disks[0].DiskId;
}

export const anImage = async (cloud: Simulated, server = web): Promise<string> =>
    (await cloud.image("image", server)).imageId;

/** An image of both disks of a server. */
export async function anImageOfBoth(cloud: Simulated, InstanceId = web): Promise<string> {
    const SystemSnapshotId = await cloud.snapshot("system", InstanceId);
    const data = { DiskId: await dataDisk(cloud, InstanceId), SnapshotName: "data" };
    const { SnapshotId } = await cloud.swas.ok("CreateSnapshot", data);
    cloud.advance(minute);
    const both = { InstanceId, SystemSnapshotId, DataSnapshotId: SnapshotId, ImageName: "both" };
    const { ImageId } = await cloud.swas.ok("CreateCustomImage", both);
    cloud.advance(3 * minute);
    return ImageId;
}

/** An image that is being created. */
export async function anUnfinishedImage(cloud: Simulated): Promise<string> {
    const SystemSnapshotId = await cloud.snapshot("one");
    const image = { InstanceId: web, SystemSnapshotId, ImageName: "image" };
    return (await cloud.swas.ok("CreateCustomImage", image)).ImageId;
}

/** A SWAS image that ECS sees. */
export async function aSharedImage(cloud: Simulated): Promise<string> {
    const ImageId = await anImage(cloud);
    await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
    return ImageId;
}

export const anEcsImage = (cloud: Simulated): Promise<string> => cloud.ownedEcsImage("owned");

/** A public image of ECS. */
export async function anOfferedImage({ ecs }: Simulated): Promise<string> {
    const { Images } = await ecs.ok("DescribeImages", { ImageOwnerAlias: "system", OSType: "linux" });
    return Images.Image[0].ImageId;
}

export async function anInstance(cloud: Simulated, imageId?: string): Promise<string> {
    const ImageId = imageId ?? (await anOfferedImage(cloud));
    const { InstanceIdSets } = await cloud.ecs.ok("RunInstances", { ImageId, ...instanceType });
    cloud.advance(minute);
    return InstanceIdSets.InstanceIdSet[0];
}

export async function stop(cloud: Simulated, InstanceId = web): Promise<void> {
    await cloud.swas.ok("StopInstance", { InstanceId });
    cloud.advance(20 * second);
}

/** The system disk of the stopped web server while it is rolled back to a snapshot. */
export async function rollBack(cloud: Simulated): Promise<{ DiskId: string; SnapshotId: string }> {
    const asked = { DiskId: await cloud.systemDisk(), SnapshotId: await cloud.snapshot("one") };
    await stop(cloud);
    await cloud.swas.ok("ResetDisk", asked);
    return asked;
}

export const status = async ({ swas }: Simulated, id: string): Promise<string> =>
    (await swas.ok("ListInstances", { InstanceIds: JSON.stringify([id]) })).Instances[0].Status;

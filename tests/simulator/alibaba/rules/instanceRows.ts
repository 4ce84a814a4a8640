import type { instanceRules } from "../../../../provider/dist/simulator/alibaba/ecs/instanceRules.js";
import { minute, type Simulated } from "../simulated.ts";
import type { RowsOf } from "./row.ts";
import { anEcsImage, anImageOfBoth, anInstance, anOfferedImage, aSharedImage, instanceType } from "./scene.ts";

type Changes = Record<string, string | number | boolean>;

const run = ({ ecs }: Simulated, changes: Changes) => ecs.call("RunInstances", { ...instanceType, ...changes });

const runOffered = async (cloud: Simulated, changes: Changes) =>
    run(cloud, { ImageId: await anOfferedImage(cloud), ...changes });

const remove = ({ ecs }: Simulated, InstanceId: string) => ecs.call("DeleteInstance", { InstanceId, Force: true });

/** Creates an instance with these parameters. */
async function newInstance(cloud: Simulated, changes: Changes): Promise<string> {
    const { body } = await runOffered(cloud, changes);
    cloud.advance(minute);
    return body.InstanceIdSets.InstanceIdSet[0];
}

export const instanceRows: RowsOf<typeof instanceRules> = {
    unknownInstance: {
        says: "404 InvalidInstanceId.NotFound The specified InstanceId does not exist.",
        by: ({ ecs }) => ecs.call("StartInstance", { InstanceId: "none" }),
    },
    unknownDisk: {
        says: "404 InvalidDiskId.NotFound The specified disk does not exist.",
        by: ({ ecs }) => ecs.call("DeleteDisk", { DiskId: "none" }),
    },
    diskInUse: {
        says: "403 IncorrectDiskStatus The current disk status does not support this operation.",
        by: async (cloud) => {
            await anInstance(cloud);
            const { Disks } = await cloud.ecs.ok("DescribeDisks");
            return cloud.ecs.call("DeleteDisk", { DiskId: Disks.Disk[0].DiskId });
        },
    },
    dataDiskTooSmall: {
        says: "403 InvalidDataDiskSize.ValueNotSupported The specified data disk size is less than the minimum of 40 GiB.",
        by: async (cloud) => {
            const ImageId = await anImageOfBoth(cloud);
            await cloud.swas.ok("ModifyImageShareStatus", { ImageId, Operation: "Share" });
            return run(cloud, { ImageId, "DataDisk.1.Device": "/dev/xvdb", "DataDisk.1.Size": 20 });
        },
    },
    deviceTaken: {
        says: "400 InvalidDevice.InUse The device /dev/xvda is used by another disk.",
        by: (cloud) => runOffered(cloud, { "DataDisk.1.Device": "/dev/xvda", "DataDisk.1.Size": 20 }),
    },
    passwordInvalid: {
        says: "400 InvalidPassword.Malformed The specified parameter Password is not valid.",
        by: (cloud) => runOffered(cloud, { Password: "alllowercase" }),
    },
    passwordInherit: {
        says: "400 InvalidParameter.PasswordInherit The image has no preset password.",
        by: (cloud) => runOffered(cloud, { PasswordInherit: true }),
    },
    securityStrategy: {
        says: "400 InvalidSecurityEnhancementStrategy.NotSupported The image does not support SecurityEnhancementStrategy Active.",
        by: async (cloud) => run(cloud, { ImageId: await anEcsImage(cloud), SecurityEnhancementStrategy: "Active" }),
    },
    minAmount: {
        says: "400 InvalidMinAmount.ValueNotSupported MinAmount must not exceed Amount.",
        by: (cloud) => runOffered(cloud, { Amount: 1, MinAmount: 2 }),
    },
    noPeriod: {
        says: "400 MissingPeriod Period is mandatory for this action.",
        by: (cloud) => runOffered(cloud, { InstanceChargeType: "PrePaid" }),
    },
    unknownLaunchTemplate: {
        says: "404 InvalidLaunchTemplate.NotFound The specified launch template does not exist.",
        by: (cloud) => runOffered(cloud, { LaunchTemplateName: "none" }),
    },
    instanceProtected: {
        says: "403 InvalidOperation.DeletionProtection The operation is not allowed due to deletion protection.",
        by: async (cloud) => remove(cloud, await newInstance(cloud, { DeletionProtection: true })),
    },
    instancePaidFor: {
        says: "403 ChargeTypeViolation The operation is not permitted due to charge type of the instance.",
        by: async (cloud) => remove(cloud, await newInstance(cloud, { InstanceChargeType: "PrePaid", Period: 1 })),
    },
    wrongInstanceStatus: {
        says: "403 IncorrectInstanceStatus The current status of the resource does not support this operation.",
        by: async (cloud) => cloud.ecs.call("StartInstance", { InstanceId: await anInstance(cloud) }),
    },
    systemDiskTooSmall: {
        says: "400 InvalidSystemDiskSize.LessThanMinSize The specified system disk size is less than the minimum of 40 GiB.",
        by: async (cloud) => run(cloud, { ImageId: await aSharedImage(cloud), "SystemDisk.Size": 20 }),
    },
    unknownInstanceType: {
        says: "400 InvalidInstanceType.ValueNotSupported The specified InstanceType beyond the permitted range.",
        by: (cloud) => runOffered(cloud, { InstanceType: "ecs.g77.large" }),
    },
    unknownSecurityGroup: {
        says: "404 InvalidSecurityGroupId.NotFound The SecurityGroupId provided does not exist in our records.",
        by: (cloud) => runOffered(cloud, { SecurityGroupId: "sg-none" }),
    },
    unknownVSwitch: {
        says: "404 InvalidVSwitchId.NotFound Specified virtual switch does not exist.",
        by: (cloud) => runOffered(cloud, { VSwitchId: "vsw-none" }),
    },
    otherVpc: {
        says: "400 InvalidParameter.Mismatch Specified security group and virtual switch are not in the same VPC.",
        by: (cloud) => runOffered(cloud, { VSwitchId: "vsw-bp1machineimages0001", SecurityGroupId: "sg-1" }),
    },
    noImage: {
        says: "400 MissingImageId ImageId is mandatory for this action.",
        by: (cloud) => run(cloud, {}),
    },
};

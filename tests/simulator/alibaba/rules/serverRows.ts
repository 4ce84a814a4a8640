import type { serverRules } from "../../../../provider/dist/simulator/alibaba/swas/serverRules.js";
import { defaultWorld } from "../../../../provider/dist/simulator/worlds/world.js";
import { SignedClient } from "../signedClient.ts";
import { golden, minute, type Simulated, stopped, volumeGroup, web, windows } from "../simulated.ts";
import type { RowsOf } from "./row.ts";
import { anImage, anImageOfBoth, linux, smallPlan, windowsServer } from "./scene.ts";

const create = ({ swas }: Simulated, changes: Record<string, string | number | boolean>) =>
    swas.call("CreateInstances", { ...smallPlan, ImageId: linux, ...changes });

const reset = ({ swas }: Simulated, InstanceId: string, ImageId: string) =>
    swas.call("ResetSystem", { InstanceId, ImageId });

const aCommand = async ({ swas }: Simulated): Promise<string> => {
    const command = { Name: "make", Type: "RunShellScript", CommandContent: "{{program}}", EnableParameter: true };
    return (await swas.ok("CreateCommand", command)).CommandId;
};

const invoke = ({ swas }: Simulated, CommandId: string, changes: Record<string, string> = {}) =>
    swas.call("InvokeCommand", { CommandId, InstanceIds: JSON.stringify([web]), ...changes });

const [owner, ...others] = defaultWorld.alibaba.accounts;
const abroad = { id: "0".repeat(32), name: "abroad", os: "Linux", status: "Running", systemDiskGiB: 40 } as const;
const accounts = owner ? [{ ...owner, regions: { "cn-hongkong": { servers: [abroad] } } }, ...others] : [];

export const serverRows: RowsOf<typeof serverRules> = {
    unknownServer: {
        says: "404 InvalidInstanceId.NotFound The specified InstanceId does not exist.",
        by: ({ swas }) => swas.call("StartInstance", { InstanceId: "none" }),
    },
    unknownPlan: {
        says: "404 InvalidPlanId.NotFound The specified PlanId does not exist.",
        by: (cloud) => create(cloud, { PlanId: "none" }),
    },
    wrongServerStatus: {
        says: "403 IncorrectInstanceStatus The state of the current instance does not support this operation.",
        by: ({ swas }) => swas.call("StartInstance", { InstanceId: web }),
    },
    serverQuota: {
        says: "400 ExceedAccountQuota The total number of instance including the instances created by this order has exceeded the quota set by the account.",
        options: { quotas: { "alibaba.swas.servers": 4 } },
        by: (cloud) => create(cloud, {}),
    },
    planDiskTooSmall: {
        says: "400 InvalidPlanId.DiskSizeTooSmall The image needs a system disk of 60 GiB, the plan has 40 GiB.",
        by: async (cloud) => create(cloud, { ImageId: await anImage(cloud, windows) }),
    },
    planPlatform: {
        says: "400 InvalidPlanId.PlatformNotSupported The plan does not support Windows.",
        by: (cloud) => create(cloud, { ImageId: windowsServer, PlanId: "swas.s1.c1m1s60b1t03" }),
    },
    dataDiskTooSmall: {
        says: "400 InvalidDataDiskSize.TooSmall The image needs a data disk of 40 GiB, 0 GiB are asked for.",
        by: async (cloud) => create(cloud, { ImageId: await anImageOfBoth(cloud) }),
    },
    autoRenewPeriod: {
        says: "400 MissingAutoRenewPeriod AutoRenewPeriod is mandatory for this action.",
        by: (cloud) => create(cloud, { AutoRenew: true }),
    },
    unknownInvocation: {
        says: "404 InvalidInvokeId.NotFound The specified InvokeId does not exist.",
        by: ({ swas }) => swas.call("DescribeInvocationResult", { InstanceId: web, InvokeId: "none" }),
    },
    unknownCommand: {
        says: "404 InvalidCmdId.NotFound The specified CommandId does not exist.",
        by: (cloud) => invoke(cloud, "none"),
    },
    unknownCommandParameter: {
        says: "400 InvalidParameter.Parameters The command has no custom parameter other.",
        by: async (cloud) => invoke(cloud, await aCommand(cloud), { Parameters: '{"other":"x"}' }),
    },
    commandRunning: {
        says: "403 InvalidOperation.CommandRunning The command is running. Please try again later.",
        by: async (cloud) => {
            const CommandId = await aCommand(cloud);
            await invoke(cloud, CommandId);
            return cloud.swas.call("DeleteCommand", { CommandId });
        },
    },
    passwordInvalid: {
        says: "400 InvalidPassword.Malformed The specified parameter Password is not valid.",
        by: ({ swas }) => swas.call("UpdateInstanceAttribute", { InstanceId: web, Password: "weak" }),
    },
    planNotLarger: {
        says: "400 InvalidPlanId.NotUpgradable The plan swas.s2.c2m1s40b3t04 is no upgrade of the plan of the server.",
        by: ({ swas }) => swas.call("UpgradeInstance", { InstanceId: web, PlanId: smallPlan.PlanId }),
    },
    resetOwnImage: {
        says: "400 InvalidImageId.CreatedFromInstance The image was created from this server. Roll its disk back with a snapshot instead.",
        by: async (cloud) => reset(cloud, web, await anImage(cloud)),
    },
    resetOtherSystem: {
        says: "400 InvalidImageId.OsTypeMismatch The operating system cannot be switched between Windows and Linux in this region.",
        options: { world: { ...defaultWorld, alibaba: { accounts } } },
        by: ({ simulator }) =>
            new SignedClient(simulator.url, golden, "swas", "cn-hongkong").call("ResetSystem", {
                InstanceId: abroad.id,
                ImageId: windowsServer,
            }),
    },
    resetNoDataDisk: {
        says: "400 InvalidImageId.NoDataDisk The image has a data disk, the server has none.",
        by: async (cloud) => reset(cloud, stopped, await anImageOfBoth(cloud)),
    },
    resetSystemDiskTooSmall: {
        says: "400 InvalidImageId.SystemDiskTooSmall The image needs a system disk of 60 GiB, the server has 40 GiB.",
        by: async (cloud) => reset(cloud, web, await anImage(cloud, windows)),
    },
    resetDataDiskTooSmall: {
        says: "400 InvalidImageId.DataDiskTooSmall The image needs a data disk of 100 GiB, the server has 40 GiB.",
        by: async (cloud) => reset(cloud, web, await anImageOfBoth(cloud, volumeGroup)),
    },
    resetFromDataImage: {
        says: "403 OperationDenied.DataDiskImage A server created from an image that contains a data disk cannot be reset.",
        by: async (cloud) => {
            const { body } = await create(cloud, { ImageId: await anImageOfBoth(cloud), DataDiskSize: 40 });
            cloud.advance(2 * minute);
            return reset(cloud, body.InstanceIds[0], linux);
        },
    },
};

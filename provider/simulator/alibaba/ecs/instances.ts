import { apiError } from "../../core/errorRule";
import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { flag, id, integer, oneOf, repeated, required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { isValidPassword } from "../swas/passwords";
import { listLater } from "../visibility";
import { dataDisks, diskCategories, type PlannedDisk, planDataDisks } from "./dataDisks";
import { putDisk } from "./disks";
import { ecsRules } from "./ecsRules";
import { latestOfFamily } from "./imageFamilies";
import { snapshotsByDevice } from "./imageList";
import { placeOf } from "./instancePlaces";
import { stepInstance } from "./instanceSteps";
import { ecsInstanceKind } from "./models";
import { launchableImage, systemDiskGiB, type VisibleImage } from "./visibleImages";

/** RunInstances: at least 20 GiB and the image's size; by default at least 40 GiB (SDK 7.11.6). */
const smallestSystemDisk = 20;
export const usualSystemDiskGiB = 40;

const words = text({ pattern: /^(?!https?:\/\/).{2,256}$/su });

/** The parameters of RunInstances. */
const runParameters = {
    RegionId: required(text()),
    ImageId: id,
    /** Alternative to an image id: the newest available image of the family. */
    ImageFamily: text(),
    LaunchTemplateId: text(),
    LaunchTemplateName: text(),
    InstanceType: required(text({ pattern: /^ecs\.[a-z0-9.-]{1,60}$/ })),
    SecurityGroupId: text(),
    SecurityGroupIds: repeated({ max: 16 }),
    VSwitchId: text(),
    "NetworkInterface.1.VSwitchId": text(),
    "NetworkInterface.1.SecurityGroupId": text(),
    ZoneId: text(),
    Amount: withDefault(integer({ min: 1, max: 100 }), 1),
    MinAmount: integer({ min: 1, max: 100 }),
    InstanceName: text({ pattern: /^.{2,128}$/ }),
    HostName: withDefault(text({ pattern: /^[A-Za-z\d][\w.-]{1,63}$/ }), ""),
    Description: withDefault(words, ""),
    InstanceChargeType: withDefault(oneOf(["PostPaid", "PrePaid"]), "PostPaid"),
    Period: integer({ min: 1, max: 60 }),
    PeriodUnit: oneOf(["Week", "Month"]),
    InternetMaxBandwidthOut: withDefault(integer({ min: 0, max: 100 }), 0),
    InternetChargeType: withDefault(oneOf(["PayByTraffic", "PayByBandwidth"]), "PayByTraffic"),
    KeyPairName: withDefault(text(), ""),
    // Checked, never stored.
    Password: text(),
    PasswordInherit: withDefault(flag, false),
    UserData: text({ pattern: /^[A-Za-z\d+/=\s]{1,43700}$/ }),
    DeletionProtection: withDefault(flag, false),
    SecurityEnhancementStrategy: oneOf(["Active", "Deactive"]),
    ResourceGroupId: withDefault(text(), ""),
    "SystemDisk.Size": integer({ min: 1, max: 2048 }),
    "SystemDisk.Category": withDefault(oneOf(diskCategories), "cloud_essd"),
    "SystemDisk.DiskName": withDefault(words, ""),
    "SystemDisk.Description": withDefault(words, ""),
    "SystemDisk.Encrypted": withDefault(flag, false),
    DataDisk: dataDisks,
    Tag: tags,
    DryRun: flag,
};

type RunParams = { readonly [Name in keyof typeof runParameters]: ReturnType<(typeof runParameters)[Name]["read"]> };

/** Resolves the image and the disks of a new instance, and rejects invalid combinations (RunInstances, SDK 7.11.6). */
function plan(caller: Caller, params: RunParams): { image: VisibleImage; sizeGiB: number; data: PlannedDisk[] } {
    if (params.LaunchTemplateId ?? params.LaunchTemplateName) throw apiError(ecsRules.unknownLaunchTemplate);
    const ofFamily = params.ImageFamily === undefined ? undefined : latestOfFamily(caller, params.ImageFamily);
    const imageId = params.ImageId ?? ofFamily?.id;
    if (imageId === undefined) throw apiError(ecsRules.noImage);
    const image = launchableImage(caller, imageId);
    const minimum = Math.max(smallestSystemDisk, systemDiskGiB(image));
    const sizeGiB = params["SystemDisk.Size"] ?? Math.max(usualSystemDiskGiB, minimum);
    if (sizeGiB < minimum) throw apiError(ecsRules.systemDiskTooSmall, { minimum });
    if (params.MinAmount !== undefined && params.MinAmount > params.Amount) throw apiError(ecsRules.minAmount);
    if (params.InstanceChargeType === "PrePaid" && params.Period === undefined) throw apiError(ecsRules.noPeriod);
    if (params.Password !== undefined && !isValidPassword(image.osType === "windows", params.Password)) {
        throw apiError(ecsRules.passwordInvalid);
    }
    if (params.PasswordInherit && image.alias === "system") throw apiError(ecsRules.passwordInherit);
    if (params.SecurityEnhancementStrategy === "Active" && image.alias !== "system") {
        throw apiError(ecsRules.securityStrategy);
    }
    return {
        image,
        sizeGiB,
        data: planDataDisks(caller, image.disks, params.DataDisk, snapshotsByDevice(caller, image)),
    };
}

export const runInstances = operation({
    name: "RunInstances",
    parameters: runParameters,
    run: (caller, params) => {
        const { sim, store, scope, region, now } = caller;
        const { image, sizeGiB, data } = plan(caller, params);
        const security = params.SecurityGroupId ?? params["NetworkInterface.1.SecurityGroupId"];
        const securityGroupIds = [...(security === undefined ? [] : [security]), ...params.SecurityGroupIds];
        const vSwitchId = params.VSwitchId ?? params["NetworkInterface.1.VSwitchId"] ?? "";
        const { InstanceType: instanceType, ZoneId } = params;
        const { zone } = placeOf(caller, { instanceType, zone: ZoneId, vSwitchId, securityGroupIds });
        const create = (): string => {
            const instanceId = newId(sim, "i", region);
            store.put(ecsInstanceKind, instanceId, {
                name: params.InstanceName ?? instanceId,
                hostName: params.HostName || instanceId.replace("i-", "iZ"),
                description: params.Description,
                status: "Pending",
                imageId: image.id,
                osType: image.osType,
                osName: image.osName,
                instanceType,
                chargeType: params.InstanceChargeType,
                zone,
                vSwitchId,
                securityGroupIds,
                keyPairName: params.KeyPairName,
                internetMbps: params.InternetMaxBandwidthOut,
                internetChargeType: params.InternetChargeType,
                resourceGroupId: params.ResourceGroupId,
                isProtected: params.DeletionProtection,
                createdAt: now,
                tags: withTags([], params.Tag),
            });
            const disk = { instanceId, isReleasedWithInstance: true };
            putDisk(caller, {
                ...disk,
                type: "system",
                device: "/dev/xvda",
                sizeGiB,
                name: params["SystemDisk.DiskName"],
                description: params["SystemDisk.Description"],
                category: params["SystemDisk.Category"],
                snapshotId: snapshotsByDevice(caller, image)("/dev/xvda"),
                isEncrypted: params["SystemDisk.Encrypted"] || (image.own?.isEncrypted ?? false),
            });
            for (const planned of data) {
                putDisk(caller, { ...disk, ...planned, type: "data", snapshotId: planned.snapshotId ?? "" });
            }
            // As in SWAS: after a fault during its creation, the instance is Stopped.
            const step = { instanceId, status: "Starting", otherwise: "Stopped" } as const;
            stepInstance(sim, scope, durationOf(sim, "ecsInstancePending"), step);
            listLater(sim, store, instanceId);
            return instanceId;
        };
        return { InstanceIdSets: { InstanceIdSet: Array.from({ length: params.Amount }, create) } };
    },
});

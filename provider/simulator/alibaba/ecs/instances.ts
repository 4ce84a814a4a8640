import { refusal } from "../../core/rule";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { flag, id, integer, required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { regionNamed } from "../regions";
import { listLater } from "../visibility";
import { ecsRules } from "./ecsRules";
import { ecsInstanceKind } from "./holdings";
import { latestOfFamily } from "./imageFamilies";
import { instanceOf, needStatus, regionOfInstance } from "./instanceLookup";
import { stepInstance } from "./instanceSteps";
import { launchableImage, systemDiskGiB } from "./visibleImages";

/** RunInstances: at least 20 GiB and the image's size; without a wish at least 40 (SDK 7.11.6). */
const smallestSystemDisk = 20;
const usualSystemDisk = 40;

export const instanceOperations = [
    operation({
        name: "RunInstances",
        parameters: {
            RegionId: required(text()),
            ImageId: id,
            /** Instead of an image: the newest available one of a family. */
            ImageFamily: text(),
            InstanceType: required(text({ pattern: /^ecs\.[a-z0-9.-]{1,60}$/ })),
            SecurityGroupId: withDefault(text(), ""),
            VSwitchId: withDefault(text(), ""),
            ZoneId: text(),
            Amount: withDefault(integer({ min: 1, max: 100 }), 1),
            InstanceName: text({ pattern: /^.{2,128}$/ }),
            InstanceChargeType: withDefault(text({ values: ["PostPaid", "PrePaid"] }), "PostPaid"),
            KeyPairName: withDefault(text(), ""),
            "SystemDisk.Size": integer({ min: 1, max: 2048 }),
            Tag: tags,
            DryRun: flag,
        },
        run: (caller, asked) => {
            const { sim, shelf, scope, region, now } = caller;
            const ofFamily = asked.ImageFamily === undefined ? undefined : latestOfFamily(caller, asked.ImageFamily);
            const imageId = asked.ImageId ?? ofFamily?.id;
            if (imageId === undefined) throw refusal(ecsRules.noImage);
            const image = launchableImage(caller, imageId);
            const minimum = Math.max(smallestSystemDisk, systemDiskGiB(image));
            const size = asked["SystemDisk.Size"] ?? Math.max(usualSystemDisk, minimum);
            if (size < minimum) throw refusal(ecsRules.systemDiskTooSmall, { minimum });
            const create = (): string => {
                const instanceId = newId(sim, "i", region);
                shelf.put(ecsInstanceKind, instanceId, {
                    name: asked.InstanceName ?? instanceId,
                    status: "Pending",
                    imageId,
                    osType: image.osType,
                    osName: image.osName,
                    instanceType: asked.InstanceType,
                    chargeType: asked.InstanceChargeType,
                    zone: asked.ZoneId ?? regionNamed(region).zone,
                    vSwitchId: asked.VSwitchId,
                    securityGroupId: asked.SecurityGroupId,
                    keyPairName: asked.KeyPairName,
                    systemDiskId: newId(sim, "d", region),
                    systemDiskGiB: size,
                    createdAt: now,
                    tags: withTags([], asked.Tag),
                });
                // As in SWAS: one that a fault stops before it starts is found stopped.
                const step = { instanceId, status: "Starting", otherwise: "Stopped" } as const;
                stepInstance(sim, scope, durationOf(sim, "ecsInstancePending"), step);
                listLater(sim, shelf, instanceId);
                return instanceId;
            };
            return { InstanceIdSets: { InstanceIdSet: Array.from({ length: asked.Amount }, create) } };
        },
    }),
    operation({
        name: "DeleteInstance",
        locate: regionOfInstance,
        parameters: { InstanceId: required(id), Force: withDefault(flag, false), DryRun: flag },
        run: (caller, { InstanceId, Force }) => {
            const instance = instanceOf(caller, InstanceId);
            if (!Force) needStatus(instance, "Stopped");
            caller.shelf.delete(ecsInstanceKind, InstanceId);
            return {};
        },
    }),
    operation({
        name: "ReplaceSystemDisk",
        locate: regionOfInstance,
        parameters: {
            InstanceId: required(id),
            ImageId: required(id),
            "SystemDisk.Size": integer({ min: 1, max: 2048 }),
            KeyPairName: withDefault(text(), ""),
        },
        run: (caller, asked) => {
            const instance = instanceOf(caller, asked.InstanceId);
            needStatus(instance, "Stopped");
            const image = launchableImage(caller, asked.ImageId);
            const minimum = Math.max(instance.systemDiskGiB, systemDiskGiB(image));
            const size = asked["SystemDisk.Size"] ?? minimum;
            if (size < minimum) throw refusal(ecsRules.systemDiskTooSmall, { minimum });
            // The old system disk is released; the instance stays stopped.
            const systemDiskId = newId(caller.sim, "d", caller.region);
            caller.shelf.change(ecsInstanceKind, asked.InstanceId, {
                imageId: asked.ImageId,
                osType: image.osType,
                osName: image.osName,
                keyPairName: asked.KeyPairName,
                systemDiskId,
                systemDiskGiB: size,
            });
            return { DiskId: systemDiskId };
        },
    }),
];

import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { flag, id, integer, required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { regionNamed } from "../regions";
import { refusal } from "../rule";
import { ecsRules } from "./ecsRules";
import { type EcsInstance, ecsInstanceKind } from "./holdings";
import { instanceOf, needStatus, regionOfInstance } from "./instanceLookup";
import { launchableImage, systemDiskGiB } from "./visibleImages";

/** An instance reaches its next state. */
const instanceStep = kind<{ instanceId: string; status: EcsInstance["status"] }>("alibaba.ecsInstance.step");

export function declareInstanceJobs(sim: Simulation): void {
    sim.onJob(instanceStep, ({ shelf, body, failure }) => {
        shelf.change(ecsInstanceKind, body.instanceId, { status: failure === undefined ? body.status : "Stopped" });
    });
}

function step(caller: Caller, instanceId: string, afterMs: number, status: EcsInstance["status"]): void {
    caller.sim.schedule(instanceStep, caller.scope, afterMs, { instanceId, status });
}

/** RunInstances: at least 20 GiB and the image's size; without a wish at least 40 (SDK 7.11.6). */
const smallestSystemDisk = 20;
const usualSystemDisk = 40;

export const instanceOperations = [
    operation({
        name: "RunInstances",
        parameters: {
            RegionId: required(text()),
            ImageId: required(id),
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
            const { sim, shelf, region, now } = caller;
            const image = launchableImage(caller, asked.ImageId);
            const minimum = Math.max(smallestSystemDisk, systemDiskGiB(image));
            const size = asked["SystemDisk.Size"] ?? Math.max(usualSystemDisk, minimum);
            if (size < minimum) throw refusal(ecsRules.systemDiskTooSmall, { minimum });
            const create = (): string => {
                const instanceId = newId(sim, "i", region);
                shelf.put(ecsInstanceKind, instanceId, {
                    name: asked.InstanceName ?? instanceId,
                    status: "Pending",
                    imageId: asked.ImageId,
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
                const pending = durationOf(sim, "ecsInstancePending");
                step(caller, instanceId, pending, "Starting");
                step(caller, instanceId, pending + durationOf(sim, "ecsInstanceStart"), "Running");
                return instanceId;
            };
            return { InstanceIdSets: { InstanceIdSet: Array.from({ length: asked.Amount }, create) } };
        },
    }),
    operation({
        name: "StartInstance",
        locate: regionOfInstance,
        parameters: { InstanceId: required(id), DryRun: flag },
        run: (caller, { InstanceId }) => {
            needStatus(instanceOf(caller, InstanceId), "Stopped");
            caller.shelf.change(ecsInstanceKind, InstanceId, { status: "Starting" });
            step(caller, InstanceId, durationOf(caller.sim, "ecsInstanceStart"), "Running");
            return {};
        },
    }),
    operation({
        name: "StopInstance",
        locate: regionOfInstance,
        parameters: { InstanceId: required(id), DryRun: flag },
        run: (caller, { InstanceId }) => {
            needStatus(instanceOf(caller, InstanceId), "Running");
            caller.shelf.change(ecsInstanceKind, InstanceId, { status: "Stopping" });
            step(caller, InstanceId, durationOf(caller.sim, "ecsInstanceStop"), "Stopped");
            return {};
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

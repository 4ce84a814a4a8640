import { apiError } from "../../core/errorRule";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { flag, integer, required, text, withDefault } from "../gateway/parameters";
import { newId } from "../ids";
import { listLater } from "../visibility";
import { periodMs } from "./expiry";
import { templateOf } from "./imageTemplates";
import { diskKind, serverKind } from "./models";
import { isPlanFor, planNamed } from "./plans";
import { checkServerQuota } from "./quotas";
import { stepServer } from "./serverSteps";
import { swasRules } from "./swasRules";

export const months = [1, 3, 6, 12, 24, 36];

export const createInstances = operation({
    name: "CreateInstances",
    parameters: {
        RegionId: required(text()),
        ImageId: required(text({ isId: true })),
        PlanId: required(text()),
        Period: required(integer({ min: 1, max: 36, values: months })),
        AutoRenew: withDefault(flag, false),
        AutoRenewPeriod: integer({ min: 1, max: 36, values: months }),
        ChargeType: text({ values: ["PrePaid"] }),
        DataDiskSize: withDefault(integer({ min: 0, max: 16_380, multipleOf: 20 }), 0),
        Amount: withDefault(integer({ min: 1, max: 20 }), 1),
    },
    run: (caller, params) => {
        if (params.AutoRenew && params.AutoRenewPeriod === undefined) throw apiError(swasRules.autoRenewPeriod);
        const template = templateOf(caller, params.ImageId);
        const plan = planNamed(params.PlanId);
        if (!plan) throw apiError(swasRules.unknownPlan);
        if (plan.diskGiB < template.systemDiskGiB) {
            throw apiError(swasRules.planDiskTooSmall, { needed: template.systemDiskGiB, given: plan.diskGiB });
        }
        if (!isPlanFor(plan, template.image.osType)) {
            throw apiError(swasRules.planPlatform, { osType: template.image.osType });
        }
        if (params.DataDiskSize < template.dataDiskGiB) {
            throw apiError(swasRules.dataDiskTooSmall, { needed: template.dataDiskGiB, given: params.DataDiskSize });
        }
        checkServerQuota(caller, params.Amount);
        const { sim, store, scope, now } = caller;
        const create = (): string => {
            const serverId = sim.ids.hex();
            store.put(serverKind, serverId, {
                ...template.image,
                name: `${template.image.imageName}-${sim.ids.word(4)}`,
                status: "Pending",
                planId: plan.id,
                createdAt: now,
                expiresAt: now + periodMs(params.Period),
                ...(params.AutoRenew ? { autoRenewMonths: params.AutoRenewPeriod } : {}),
                isOfDataImage: template.dataDiskGiB > 0,
                tags: [],
            });
            const disk = { serverId, createdAt: now, remark: "", isRollingBack: false, tags: [] };
            store.put(diskKind, newId(sim, "d", caller.region), { ...disk, type: "system", sizeGiB: plan.diskGiB });
            if (params.DataDiskSize > 0) {
                store.put(diskKind, newId(sim, "d", caller.region), {
                    ...disk,
                    type: "data",
                    sizeGiB: params.DataDiskSize,
                });
            }
            // After a fault during its creation, the server is Stopped, as if it failed to start.
            const step = { serverId, status: "Starting", otherwise: "Stopped" } as const;
            stepServer(sim, scope, durationOf(sim, "serverPending"), step);
            listLater(sim, store, serverId);
            return serverId;
        };
        return { InstanceIds: Array.from({ length: params.Amount }, create) };
    },
});

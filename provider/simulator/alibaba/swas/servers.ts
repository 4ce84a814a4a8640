import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Caller, operation } from "../gateway/operation";
import { flag, integer, required, text, withDefault } from "../gateway/parameters";
import { newId } from "../ids";
import { refusal } from "../rule";
import { customImageKind, diskKind, type Server, serverKind } from "./holdings";
import { imagesSharedWith } from "./lookup";
import { plans } from "./plans";
import { checkServerQuota } from "./quotas";
import { swasRules } from "./swasRules";
import { systemImages } from "./systemImages";

/** A server reaches its next state. */
export const serverStep = kind<{ serverId: string; status: Server["status"] }>("alibaba.server.step");

export function declareServerJobs(sim: Simulation): void {
    sim.onJob(serverStep, ({ shelf, body, failure }) => {
        // A server that does not come up is found stopped.
        shelf.change(serverKind, body.serverId, { status: failure === undefined ? body.status : "Stopped" });
    });
}

/** What a new server gets from its image, and the disks that it needs for it. */
interface Template {
    readonly image: Pick<Server, "imageName" | "imageVersion" | "imageType" | "osType" | "guest">;
    readonly systemDiskGiB: number;
    readonly dataDiskGiB: number;
}

function templateOf(caller: Caller, imageId: string): Template {
    const offered = systemImages.find((image) => image.id === imageId);
    if (offered) {
        const { name, version, type, osType, diskGiB } = offered;
        const image = { imageName: name, imageVersion: version, imageType: type, osType, guest: {} };
        return { image, systemDiskGiB: diskGiB, dataDiskGiB: 0 };
    }
    const own = caller.shelf.get(customImageKind, imageId);
    const custom = own ?? imagesSharedWith(caller).find((image) => image.id === imageId)?.value;
    if (!custom) throw refusal(swasRules.unknownImage);
    if (custom.status !== "1") throw refusal(swasRules.imageNotReady);
    return {
        image: {
            imageName: custom.name,
            imageVersion: custom.sourceImageVersion,
            imageType: "custom",
            osType: custom.osType,
            guest: custom.guest,
        },
        systemDiskGiB: custom.systemDiskGiB,
        // Sharing with an account leaves the data disk out (product-overview/limits).
        dataDiskGiB: own ? custom.dataDiskGiB : 0,
    };
}

const months = [1, 3, 6, 12, 24, 36];
const monthMs = 30 * 24 * 3_600_000;

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
    run: (caller, asked) => {
        if (asked.AutoRenew && asked.AutoRenewPeriod === undefined) throw refusal(swasRules.autoRenewPeriod);
        const template = templateOf(caller, asked.ImageId);
        const plan = plans.find(({ id }) => id === asked.PlanId);
        if (!plan) throw refusal(swasRules.unknownPlan);
        if (plan.diskGiB < template.systemDiskGiB) {
            throw refusal(swasRules.planDiskTooSmall, { needed: template.systemDiskGiB, given: plan.diskGiB });
        }
        if (asked.DataDiskSize < template.dataDiskGiB) {
            throw refusal(swasRules.dataDiskTooSmall, { needed: template.dataDiskGiB, given: asked.DataDiskSize });
        }
        checkServerQuota(caller, asked.Amount);
        const { sim, shelf, scope, now } = caller;
        const create = (): string => {
            const serverId = sim.ids.hex();
            shelf.put(serverKind, serverId, {
                ...template.image,
                name: `${template.image.imageName}-${sim.ids.word(4)}`,
                status: "Pending",
                planId: plan.id,
                imageId: asked.ImageId,
                createdAt: now,
                expiresAt: now + asked.Period * monthMs,
                tags: [],
            });
            const disk = { serverId, createdAt: now, tags: [] };
            shelf.put(diskKind, newId(sim, "d", caller.region), { ...disk, type: "system", sizeGiB: plan.diskGiB });
            if (asked.DataDiskSize > 0) {
                shelf.put(diskKind, newId(sim, "d", caller.region), {
                    ...disk,
                    type: "data",
                    sizeGiB: asked.DataDiskSize,
                });
            }
            const pending = durationOf(sim, "serverPending");
            sim.schedule(serverStep, scope, pending, { serverId, status: "Starting" });
            sim.schedule(serverStep, scope, pending + durationOf(sim, "serverStart"), { serverId, status: "Running" });
            return serverId;
        };
        return { InstanceIds: Array.from({ length: asked.Amount }, create) };
    },
});

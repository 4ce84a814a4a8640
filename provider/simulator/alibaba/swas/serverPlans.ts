import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { integer, required, text } from "../gateway/parameters";
import { periodMs } from "./expiry";
import { onServer, regionOfServer, requireStatus, serverOf } from "./lookup";
import { diskKind, type Server, serverKind } from "./models";
import { type Plan, planNamed, plans, supportPlatform } from "./plans";
import { startServer } from "./serverSteps";
import { months } from "./servers";
import { swasRules } from "./swasRules";

/**
 * A Stopped server stays Stopped, so a client that waits for Running after an upgrade times out
 * (docs/reference/swas-servers.md#plans).
 */
interface Upgrade {
    readonly serverId: string;
    readonly planId: string;
    readonly status: Server["status"];
}

const serverUpgraded = kind<Upgrade>("alibaba.server.upgraded");

export function declareUpgradeJobs(sim: Simulation): void {
    sim.onJob(serverUpgraded, ({ store, body: { serverId, planId, status }, failure }) => {
        store.change(serverKind, serverId, { status });
        const plan = planNamed(planId);
        if (failure !== undefined || !plan) return;
        store.change(serverKind, serverId, { planId });
        for (const { id, value } of store.list(diskKind)) {
            const isGrowing = value.serverId === serverId && value.type === "system" && value.sizeGiB < plan.diskGiB;
            if (isGrowing) store.change(diskKind, id, { sizeGiB: plan.diskGiB });
        }
    });
}

/** The plans that are at least as large in every respect: a plan can only be upgraded (UpgradeInstance, SDK 4.0.0). */
function upgradesOf(server: Server): readonly Plan[] {
    const own = planNamed(server.planId);
    if (!own) return [];
    return plans.filter(
        (plan) =>
            plan.id !== own.id &&
            plan.cores >= own.cores &&
            plan.memoryGiB >= own.memoryGiB &&
            plan.diskGiB >= own.diskGiB &&
            plan.bandwidthMbps >= own.bandwidthMbps,
    );
}

export const serverPlanOperations = [
    operation({
        name: "UpgradeInstance",
        locate: regionOfServer,
        parameters: { ...onServer, PlanId: required(text()) },
        run: (caller, { InstanceId: serverId, PlanId: planId }) => {
            const server = serverOf(caller, serverId);
            requireStatus(server, "Running", "Stopped");
            if (!planNamed(planId)) throw apiError(swasRules.unknownPlan);
            if (!upgradesOf(server).some((plan) => plan.id === planId)) {
                throw apiError(swasRules.planNotLarger, { planId });
            }
            caller.store.change(serverKind, serverId, { status: "Upgrading" });
            const after = durationOf(caller.sim, "serverUpgrade");
            caller.sim.schedule(serverUpgraded, caller.scope, after, { serverId, planId, status: server.status });
            return {};
        },
    }),
    operation({
        name: "RenewInstance",
        locate: regionOfServer,
        parameters: { ...onServer, Period: required(integer({ min: 1, max: 36, values: months })) },
        run: (caller, { InstanceId, Period }) => {
            const server = serverOf(caller, InstanceId);
            const expiresAt = Math.max(server.expiresAt, caller.now) + periodMs(Period);
            caller.store.change(serverKind, InstanceId, { expiresAt });
            if (server.status === "Disabled") {
                caller.store.change(serverKind, InstanceId, { status: "Starting" });
                startServer(caller.sim, caller.scope, InstanceId);
            }
            return {};
        },
    }),
    operation({
        name: "ListInstancePlansModification",
        reads: true,
        locate: regionOfServer,
        parameters: onServer,
        run: (caller, { InstanceId }) => ({
            Plans: upgradesOf(serverOf(caller, InstanceId)).map((plan) => ({
                PlanId: plan.id,
                Core: plan.cores,
                Memory: plan.memoryGiB,
                DiskSize: plan.diskGiB,
                DiskType: "ESSD",
                Bandwidth: plan.bandwidthMbps,
                Flow: plan.trafficGiB,
                // A number here, a string in ListPlans.
                OriginPrice: Number(plan.price),
                Currency: "CNY",
                SupportPlatform: supportPlatform(plan),
            })),
        }),
    }),
];

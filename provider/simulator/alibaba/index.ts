import type { SimulatedCloud } from "../core/cloud";
import { accountSummaries } from "./accounts";
import { bss, bssRules } from "./bss/product";
import { choices } from "./choices";
import { ecsRules } from "./ecs/ecsRules";
import { declareEcsJobs, ecs } from "./ecs/product";
import { ecsQuotas } from "./ecs/quotas";
import { dispatch } from "./gateway/dispatch";
import { gatewayRules } from "./gateway/gatewayRules";
import { isRpc } from "./gateway/message";
import { seed } from "./seed";
import { sts } from "./sts/product";
import { stsRules } from "./sts/stsRules";
import { applyExpiries } from "./swas/expiry";
import { declareSwasJobs, swas } from "./swas/product";
import { swasQuotas } from "./swas/quotas";
import { swasRules } from "./swas/swasRules";
import { declareListingJobs } from "./visibility";
import { vpc } from "./vpc/product";
import { vpcRules } from "./vpc/vpcRules";
import type { AlibabaWorld } from "./world";

export { type AlibabaWorld, alibabaWorld } from "./world";

const products = [swas, ecs, vpc, bss, sts];

/** Alibaba Cloud: Simple Application Server, the ECS operations on images, networks, server refunds, and STS. */
export const alibabaCloud: SimulatedCloud<AlibabaWorld> = {
    name: "alibaba",
    rules: [
        ...[gatewayRules, swasRules, ecsRules, vpcRules, bssRules, stsRules].flatMap((rules) => Object.values(rules)),
        ...choices,
    ],
    quotas: [swasQuotas, ecsQuotas].flatMap((quotas) => Object.values(quotas)),
    declareJobs: (sim) => {
        declareListingJobs(sim);
        declareSwasJobs(sim);
        declareEcsJobs(sim);
    },
    seed,
    accounts: accountSummaries,
    claims: isRpc,
    answer: (sim, request) => {
        applyExpiries(sim);
        return dispatch(sim, products, request);
    },
};

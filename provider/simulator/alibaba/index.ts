import type { SimulatedCloud } from "../core/cloud";
import { accountSummaries } from "./accounts";
import { bss } from "./bss/product";
import { declareEcsJobs, ecs } from "./ecs/product";
import { dispatch } from "./gateway/dispatch";
import { isRpc } from "./gateway/message";
import { seed } from "./seed";
import { declareSwasJobs, swas } from "./swas/product";
import type { AlibabaWorld } from "./world";

export { type AlibabaWorld, alibabaWorld } from "./world";

const products = [swas, ecs, bss];

/** Alibaba Cloud: Simple Application Server, the part of ECS that touches images, and the refund of a server. */
export const alibabaCloud: SimulatedCloud<AlibabaWorld> = {
    name: "alibaba",
    declareJobs: (sim) => {
        declareSwasJobs(sim);
        declareEcsJobs(sim);
    },
    seed,
    accounts: accountSummaries,
    claims: isRpc,
    answer: (sim, request) => dispatch(sim, products, request),
};

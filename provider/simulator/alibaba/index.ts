import { z } from "zod";
import type { SimulatedCloud } from "../core/cloud";

/** The Alibaba part of a world file. */
export const alibabaWorld = z.strictObject({});

export type AlibabaWorld = z.infer<typeof alibabaWorld>;

export const alibabaCloud: SimulatedCloud<AlibabaWorld> = {
    name: "alibaba",
    declareJobs: () => {},
    seed: () => {},
    accounts: () => [],
    claims: (request) => request.path === "/",
    answer: () => ({ status: 500, headers: {}, body: "" }),
};

import { z } from "zod";
import type { SimulatedCloud } from "../core/cloud";

/** The Huawei part of a world file. */
export const huaweiWorld = z.strictObject({});

export type HuaweiWorld = z.infer<typeof huaweiWorld>;

export const huaweiCloud: SimulatedCloud<HuaweiWorld> = {
    name: "huawei",
    declareJobs: () => {},
    seed: () => {},
    accounts: () => [],
    claims: (request) => request.path !== "/",
    answer: () => ({ status: 500, headers: {}, body: "" }),
};

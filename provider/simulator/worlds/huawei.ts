import type { HuaweiWorld } from "../huawei";

/** Huawei Cloud as it stands before anybody has done anything. */
export const defaultHuaweiWorld: HuaweiWorld = {};

import type { AlibabaWorld } from "../alibaba";

/** Alibaba Cloud as it stands before anybody has done anything. */
export const defaultAlibabaWorld: AlibabaWorld = {};

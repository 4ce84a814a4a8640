import type { Sequence } from "./ownershipSteps.ts";

/** Sequences at which something went wrong once: run every time. */
export const ownershipFound: readonly Sequence[] = [];

import { imageRules } from "./imageRules";
import { serverRules } from "./serverRules";
import { snapshotRules } from "./snapshotRules";

/** Errors of Simple Application Server. `confirmed: false` marks a code, or a whole rule, that is an assumption. */
export const swasRules = { ...serverRules, ...snapshotRules, ...imageRules };

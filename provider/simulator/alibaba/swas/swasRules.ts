import { imageRules } from "./imageRules";
import { serverRules } from "./serverRules";
import { snapshotRules } from "./snapshotRules";

/** What Simple Application Server refuses. `confirmed: false` marks a code, or a whole rule, that is our choice. */
export const swasRules = { ...serverRules, ...snapshotRules, ...imageRules };

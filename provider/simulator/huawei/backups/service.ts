import { flat } from "../gateway/envelopes";
import type { Service } from "../gateway/service";
import { cbrRules, csbsRules } from "./backupRules";

export const cbr: Service = {
    name: "cbr",
    malformedBody: cbrRules.malformedBody,
    projectMismatch: cbrRules.projectMismatch,
    errorBody: flat,
};

export const csbs: Service = {
    name: "csbs",
    malformedBody: csbsRules.malformedBody,
    projectMismatch: csbsRules.projectMismatch,
    errorBody: flat,
};

/** The provider id of CBR for server backups (docs/reference/csbs-cbr.md#cbr-backups). */
export const cbrProvider = "0daac4c5-6707-4851-97ba-169e36266b66";
/** The provider id of CSBS (docs/reference/csbs-cbr.md#csbs-backups). */
export const csbsProvider = "fc4d5750-22e7-4798-8a46-f48f62c4c1da";

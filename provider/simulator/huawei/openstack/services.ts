import { serverRules } from "../ecs/serverRules";
import { diskRules } from "../evs/diskRules";
import { named } from "../gateway/envelopes";
import type { Service } from "../gateway/service";

/** Servers in the OpenStack API. They appear in the call log under the server service. */
export const nova: Service = {
    name: "ecs",
    malformedBody: serverRules.malformedBody,
    projectMismatch: serverRules.projectMismatch,
    errorBody: named,
};

/** Disks in the OpenStack API. They appear in the call log under the disk service. */
export const cinder: Service = {
    name: "evs",
    malformedBody: diskRules.malformedBody,
    projectMismatch: diskRules.projectMismatch,
    errorBody: named,
};

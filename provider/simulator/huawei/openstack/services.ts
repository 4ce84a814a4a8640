import { serverRules } from "../ecs/serverRules";
import { diskRules } from "../evs/diskRules";
import { named } from "../gateway/envelopes";
import type { Service } from "../gateway/service";

/** Servers by the API of OpenStack; logged with the rest of the server service. */
export const nova: Service = {
    name: "ecs",
    malformedBody: serverRules.malformedBody,
    projectMismatch: serverRules.projectMismatch,
    errorBody: named,
};

/** Disks by the API of OpenStack; logged with the rest of the disk service. */
export const cinder: Service = {
    name: "evs",
    malformedBody: diskRules.malformedBody,
    projectMismatch: diskRules.projectMismatch,
    errorBody: named,
};

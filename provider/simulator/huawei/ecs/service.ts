import { nested } from "../gateway/envelopes";
import type { Service } from "../gateway/service";
import { serverRules } from "./serverRules";

export const ecs: Service = {
    name: "ecs",
    malformedBody: serverRules.malformedBody,
    projectMismatch: serverRules.projectMismatch,
    errorBody: nested,
};

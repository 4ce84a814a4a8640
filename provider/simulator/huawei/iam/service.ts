import { keystone } from "../gateway/envelopes";
import type { Service } from "../gateway/service";
import { iamRules } from "./iamRules";

export const iam: Service = {
    name: "iam",
    malformedBody: iamRules.malformedBody,
    projectMismatch: iamRules.scopeUnknown,
    errorBody: keystone,
};

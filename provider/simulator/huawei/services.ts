import type { Refusal } from "../core/refusal";
import { cbrRules, csbsRules } from "./backupRules";
import { identityRules } from "./gatewayRules";
import { imageRequestRules } from "./imageRules";
import type { Rule } from "./rules";
import { diskRules, serverRules } from "./serverRules";

type ErrorBody = (refusal: Refusal, requestId: string) => unknown;

const nested: ErrorBody = ({ code, message }) => ({ error: { message, code } });
const flat: ErrorBody = ({ code, message }) => ({ error_code: code, error_msg: message });
const gateway: ErrorBody = ({ code, message }, requestId) => ({
    error_msg: message,
    error_code: code,
    request_id: requestId,
});
const keystone: ErrorBody = ({ status, code, message }) => ({ error: { code: status, message, title: code } });
// Glance's own refusals carry a status text as their code (terraform-provider-openstack#1283); IMS codes on native
// paths keep the envelope of IMS, which is the only documented place of an IMG code.
const native: ErrorBody = (refusal, requestId) =>
    refusal.code.startsWith("IMG.")
        ? nested(refusal, requestId)
        : { message: refusal.message, code: refusal.code, title: refusal.code.replace(/^\d+ /, "") };

/** What each service answers to a body or project that it cannot take, and how it writes errors. */
export const services = {
    iam: { ...pick(identityRules.malformedBody, identityRules.scopeUnknown), errorBody: keystone },
    ims: { ...pick(imageRequestRules.malformedBody, imageRequestRules.projectMismatch), errorBody: nested },
    glance: { ...pick(imageRequestRules.malformedBody, imageRequestRules.projectMismatch), errorBody: native },
    ecs: { ...pick(serverRules.malformedBody, serverRules.projectMismatch), errorBody: nested },
    evs: { ...pick(diskRules.malformedBody, diskRules.projectMismatch), errorBody: nested },
    cbr: { ...pick(cbrRules.malformedBody, cbrRules.projectMismatch), errorBody: flat },
    csbs: { ...pick(csbsRules.malformedBody, csbsRules.projectMismatch), errorBody: flat },
};

export type ServiceName = keyof typeof services;

function pick(malformedBody: Rule, projectMismatch: Rule) {
    return { malformedBody, projectMismatch };
}

/** The body of a refusal; the gateway's codes look the same whatever service was called. */
export function errorBody(service: ServiceName | undefined, refusal: Refusal, requestId: string): unknown {
    if (service === undefined || /^APIGW?\./.test(refusal.code)) return gateway(refusal, requestId);
    return services[service].errorBody(refusal, requestId);
}

/** Native image operations are logged with the rest of the image service. */
export const logName = (service: ServiceName): string => (service === "glance" ? "ims" : service);

import type { ApiError } from "../../core/apiError";
import type { ErrorBody, Service } from "./service";

/** The error formats of the services (docs/reference/huawei-api.md#errors). */

/** IMS, ECS, EVS. */
export const nested: ErrorBody = ({ code, message }) => ({ error: { message, code } });

/** CBR, CSBS. */
export const flat: ErrorBody = ({ code, message }) => ({ error_code: code, error_msg: message });

/** IAM. */
export const keystone: ErrorBody = ({ status, code, message }) => ({ error: { code: status, message, title: code } });

/**
 * Glance's own errors have a status text as their code (terraform-provider-openstack#1283). IMS codes on native paths
 * keep the envelope of IMS, which is the only documented place of an IMG code.
 */
export const native: ErrorBody = (apiError, requestId) =>
    apiError.code.startsWith("IMG.")
        ? nested(apiError, requestId)
        : { message: apiError.message, code: apiError.code, title: apiError.code.replace(/^\d+ /, "") };

const nativeNames: Readonly<Record<number, string>> = {
    400: "badRequest",
    403: "forbidden",
    404: "itemNotFound",
    409: "conflictingRequest",
};

/**
 * Nova and Cinder name the kind of error and repeat its status as the code ("itemNotFound";
 * docs/reference/huawei-api.md#errors).
 */
export const named: ErrorBody = ({ status, message }) => ({
    [nativeNames[status] ?? "computeFault"]: { message, code: status },
});

/** The body of an error. The gateway's codes have the same format for all services. */
export function errorBody(service: Service | undefined, apiError: ApiError, requestId: string): unknown {
    if (service !== undefined && !/^APIGW?\./.test(apiError.code)) return service.errorBody(apiError, requestId);
    return { error_msg: apiError.message, error_code: apiError.code, request_id: requestId };
}

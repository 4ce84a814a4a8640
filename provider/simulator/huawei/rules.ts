import type { ApiError } from "../core/apiError";
import { apiError, type ErrorRule } from "../core/errorRule";

/** Creates the rules that one source documents. */
export function documentedIn(source: string) {
    return (errorRule: string, code: string, message: string, status = 400): ErrorRule => ({
        errorRule,
        source,
        confirmed: true,
        status,
        code,
        message,
    });
}

/** Creates a rule whose code or status is an assumption. `reason` says what it is based on. */
export function assumed(errorRule: string, reason: string, code: string, message: string, status = 400): ErrorRule {
    return { errorRule, source: reason, confirmed: false, status, code, message };
}

/** Creates the error of a rule. The documented messages name no object; `detail` adds it. */
export function refuse(errorRule: ErrorRule, detail?: string): ApiError {
    return detail === undefined
        ? apiError(errorRule)
        : apiError({ ...errorRule, message: `${errorRule.message} {detail}` }, { detail });
}

import type { ApiError } from "../core/apiError";
import { apiError, type ErrorRule } from "../core/errorRule";

/** Rows of a table of rules that one source documents. */
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

/** A row whose code or status was chosen; `reason` says after what. */
export function chosen(errorRule: string, reason: string, code: string, message: string, status = 400): ErrorRule {
    return { errorRule, source: reason, confirmed: false, status, code, message };
}

/** The refusal that a rule demands. The documented texts name no object; `detail` says which one it is about. */
export function refuse(errorRule: ErrorRule, detail?: string): ApiError {
    return detail === undefined
        ? apiError(errorRule)
        : apiError({ ...errorRule, message: `${errorRule.message} {detail}` }, { detail });
}

import type { ApiError } from "../../core/apiError";
import type { ErrorRule } from "../../core/errorRule";

export type ErrorBody = (apiError: ApiError, requestId: string) => unknown;

/** A service behind the gateway: its name in the call log and its error formats. */
export interface Service {
    readonly name: string;
    /** The error for an invalid body. */
    readonly malformedBody: ErrorRule;
    /** The error for a project that is not the caller's. */
    readonly projectMismatch: ErrorRule;
    readonly errorBody: ErrorBody;
}

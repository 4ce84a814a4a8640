import type { ApiError } from "../../core/apiError";
import type { ErrorRule } from "../../core/errorRule";

export type ErrorBody = (apiError: ApiError, requestId: string) => unknown;

/** A service behind the gateway: its name in the call log and its ways of saying no. */
export interface Service {
    readonly name: string;
    /** What it answers to a body that it cannot read. */
    readonly malformedBody: ErrorRule;
    /** What it answers to a project that is not the caller's. */
    readonly projectMismatch: ErrorRule;
    readonly errorBody: ErrorBody;
}

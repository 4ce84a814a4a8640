import type { Refusal } from "../../core/refusal";
import type { Rule } from "../../core/rule";

export type ErrorBody = (refusal: Refusal, requestId: string) => unknown;

/** A service behind the gateway: its name in the call log and its ways of saying no. */
export interface Service {
    readonly name: string;
    /** What it answers to a body that it cannot read. */
    readonly malformedBody: Rule;
    /** What it answers to a project that is not the caller's. */
    readonly projectMismatch: Rule;
    readonly errorBody: ErrorBody;
}

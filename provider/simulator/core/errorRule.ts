import { ApiError } from "./apiError";

/** An error that a cloud can return, and the condition for it. */
export interface ErrorRule {
    /** The condition that causes the error. */
    readonly errorRule: string;
    /** The source of the rule and its error. */
    readonly source: string;
    /** False if no source shows the rule or its code, so that it is an assumption. */
    readonly confirmed: boolean;
    readonly status: number;
    readonly code: string;
    /** The message for the client; "{name}" is replaced with a detail. */
    readonly message: string;
}

/** Creates the error of a rule. */
export function apiError(errorRule: ErrorRule, details: Readonly<Record<string, string | number>> = {}): ApiError {
    const message = errorRule.message.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
    return new ApiError(errorRule.status, errorRule.code, message);
}

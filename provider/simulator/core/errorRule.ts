import { ApiError } from "./apiError";

/** A reason for which a cloud says no, and how it says it. */
export interface ErrorRule {
    /** What is not allowed, in one sentence. */
    readonly errorRule: string;
    /** Where the rule and its error are known from. */
    readonly source: string;
    /** False where no source shows the rule or its code: the choice is the simulator's own. */
    readonly confirmed: boolean;
    readonly status: number;
    readonly code: string;
    /** What the client reads; "{name}" stands for a detail. */
    readonly message: string;
}

/** The refusal that a rule prescribes. */
export function apiError(errorRule: ErrorRule, details: Readonly<Record<string, string | number>> = {}): ApiError {
    const message = errorRule.message.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
    return new ApiError(errorRule.status, errorRule.code, message);
}

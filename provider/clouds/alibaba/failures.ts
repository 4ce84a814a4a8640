import { z } from "zod";
import { CloudError } from "../errors";

/** The request that failed. */
export interface Asked {
    /** "SWAS", "ECS" or "BSS". */
    cloud: string;
    /** The action: "DeleteCustomImage". */
    operation: string;
    /** Where the request was sent to. */
    endpoint?: string;
}

// Source: docs/reference/alibaba-api.md#errors. InvalidAccessKeyId.NotFound and InvalidAction.NotFound are also 404, so
// the status alone tells nothing about the object.
const GONE_CODES = new Set([
    "InvalidImageId.NotFound",
    "InvalidInstanceId.NotFound",
    "InvalidSnapshotId.NotFound",
    "InvalidDiskId.NotFound",
    "InvalidResourceId.NotFound",
    "ResourceNotExists",
]);

/** Whether the requested object does not exist, or does not exist any more. */
export function isGone(error: unknown): boolean {
    return error instanceof CloudError && GONE_CODES.has(error.code);
}

/**
 * Whether a refusal may be caused by a single id of a request: an id that is malformed, or that does not exist any
 * more.
 */
export function isAboutOneObject(error: unknown): boolean {
    return error instanceof CloudError && /^(Invalid|Incorrect)(Parameter|Image|Instance|Snapshot)/.test(error.code);
}

/** The error for an answer with status 200 whose content does not have the documented form. */
export function unexpectedAnswer(problem: z.ZodError, asked: Asked): CloudError {
    const reason = `the answer does not have the documented form: ${z.prettifyError(problem)}`;
    return new CloudError(
        reason,
        { ...asked, code: "UnexpectedAnswer", status: 200, retryable: false, outcomeUnknown: true },
        { cause: problem },
    );
}

/** The answer, or undefined if the cloud refuses the id: some lists refuse an id that they do not contain. */
export async function unlessMissing<T>(codes: RegExp, ask: () => Promise<T>): Promise<T | undefined> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof CloudError && codes.test(error.code)) return undefined;
        throw error;
    }
}

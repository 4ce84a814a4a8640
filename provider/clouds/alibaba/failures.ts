import { z } from "zod";
import { CloudError } from "../errors";

/** Which request failed. */
export interface Asked {
    /** "SWAS", "ECS" or "BSS". */
    cloud: string;
    /** The action: "DeleteCustomImage". */
    operation: string;
    /** Where it was sent to. */
    endpoint?: string;
}

// Source: docs/reference/alibaba-api.md#errors. InvalidAccessKeyId.NotFound and InvalidAction.NotFound are 404 too,
// so the status alone says nothing about the object.
const GONE_CODES = new Set([
    "InvalidImageId.NotFound",
    "InvalidInstanceId.NotFound",
    "InvalidSnapshotId.NotFound",
    "InvalidDiskId.NotFound",
    "InvalidResourceId.NotFound",
    "ResourceNotExists",
]);

/** The object that was asked for does not exist, or exists no more. */
export function isGone(error: unknown): boolean {
    return error instanceof CloudError && GONE_CODES.has(error.code);
}

/** A refusal that may be due to a single one of the ids in a request: one that is malformed, or of something gone. */
export function isAboutOneObject(error: unknown): boolean {
    return error instanceof CloudError && /^(Invalid|Incorrect)(Parameter|Image|Instance|Snapshot)/.test(error.code);
}

/** An answer with status 200 whose content is not what the operation answers. */
export function unexpectedAnswer(problem: z.ZodError, asked: Asked): CloudError {
    const reason = `the answer does not have the documented form: ${z.prettifyError(problem)}`;
    return new CloudError(
        reason,
        { ...asked, code: "UnexpectedAnswer", status: 200, retryable: false, outcomeUnknown: true },
        { cause: problem },
    );
}

/** An answer, or undefined when the cloud refuses the id itself: some lists do so for an id that they do not have. */
export async function unlessMissing<T>(codes: RegExp, ask: () => Promise<T>): Promise<T | undefined> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof CloudError && codes.test(error.code)) return undefined;
        throw error;
    }
}

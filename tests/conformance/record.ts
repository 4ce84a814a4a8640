import { z } from "zod";

/** The result of one step of one client. */
export const found = z.object({
    client: z.string(),
    operation: z.string(),
    stage: z.string(),
    ok: z.boolean(),
    detail: z.string(),
});

export type Found = z.infer<typeof found>;

export function record(client: string, operation: string, stage: string, differences: readonly string[]): Found {
    return { client, operation, stage, ok: differences.length === 0, detail: differences.join("; ") };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Result } from "./clientTable.ts";

/** A known difference between an answer of the simulator and the declaration of the SDK, with the reason. */
const knownDifference = z.strictObject({
    cloud: z.enum(["alibaba", "huawei"]),
    client: z.string(),
    operation: z.string(),
    found: z.array(z.string()).min(1),
    reason: z.string().min(1),
    evidence: z.string().min(1),
});

export type KnownDifference = z.infer<typeof knownDifference>;

export const knownDifferences: readonly KnownDifference[] = z
    .array(knownDifference)
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, "knownDifferences.json"), "utf8")));

const said = (...parts: readonly string[]): string => parts.join(" ");

const known = new Set(
    knownDifferences.map(({ cloud, client, operation, found }) => said(cloud, client, operation, found.join("; "))),
);

/** One line for every difference, known or not. */
export function differencesOf(results: readonly Result[]): string[] {
    const lines = results
        .filter(({ ok }) => !ok)
        .map(({ cloud, client, operation, detail }) => said(cloud, client, operation, detail));
    return [...new Set(lines)].sort();
}

export const isUnknown = (difference: string): boolean => !known.has(difference);

export const allKnown = (): string[] => [...known].sort();

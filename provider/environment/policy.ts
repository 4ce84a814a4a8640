import { z } from "zod";

const atMost = (what: string) =>
    z.int().min(0).optional().describe(`${what} docs/report.md describes what is counted. Default: no limit.`);

/**
 * Limits for changes. The resources themselves enforce `forbiddenDeletes`, and `machine-images report` checks all of
 * them.
 */
export const policy = z
    .strictObject({
        forbiddenDeletes: z
            .array(z.enum(["images", "servers"]))
            .optional()
            .describe(
                "Resources that no change may delete or replace. Sets deleteProtection on each of them that does not set it. With `machine-images report --policy`, deleting or replacing one breaks the policy.",
            ),
        maxWipedDisks: atMost("The most disks that a change may erase, for `machine-images report --policy`."),
        maxAffectedServers: atMost(
            "The most servers that a change may replace, delete, wipe or stop, for `machine-images report --policy`.",
        ),
        maxMonthlyCostChange: z
            .number()
            .min(0)
            .optional()
            .describe(
                "The most by which a change may raise the monthly cost, in the currency of `prices`, for `machine-images report --policy`. An unknown price breaks the limit. Default: no limit.",
            ),
    })
    .describe("Limits for changes.");

const price = z.number().min(0);

/** Prices for the report. If a price is missing here, the report uses the cloud's price if the cloud publishes one. */
export const prices = z
    .strictObject({
        currency: z
            .string()
            .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, such as "EUR"' })
            .describe('The currency of all these prices, for example "CNY" or "EUR".'),
        servers: z
            .record(z.string(), price)
            .optional()
            .describe("Price of a server with its disks per month, by plan, instance type or flavor."),
        perGiB: z
            .strictObject({
                image: price.optional().describe("Price of an image, if the cloud bills images."),
                snapshot: price.optional().describe("Price of a snapshot."),
                backup: price.optional().describe("Price of a backup."),
            })
            .optional()
            .describe("Prices per GiB and month."),
    })
    .describe("Prices for `machine-images report`. Default: the price that the cloud publishes, otherwise unknown.");

export type Policy = z.output<typeof policy>;
export type Prices = z.output<typeof prices>;

import { z } from "zod";

const atMost = (what: string) =>
    z.int().min(0).optional().describe(`${what} Counted as docs/report.md says. Default no limit.`);

/** What no change may do. What deletes is refused by the resources themselves, the limits by `machine-images report`. */
export const policy = z
    .strictObject({
        forbiddenDeletes: z
            .array(z.enum(["images", "servers"]))
            .optional()
            .describe(
                "What nothing may delete or replace: sets deleteProtection on all of them that do not say otherwise, and with `machine-images report --policy` breaks the policy.",
            ),
        maxWipedDisks: atMost("How many disks one change may erase, with `machine-images report --policy`."),
        maxAffectedServers: atMost(
            "How many servers one change may replace, delete, wipe or stop, with `machine-images report --policy`.",
        ),
        maxMonthlyCostChange: z
            .number()
            .min(0)
            .optional()
            .describe(
                "By how much one change may raise what is billed a month, in the currency of `prices`, with `machine-images report --policy`. A price that is not known breaks it. Default no limit.",
            ),
    })
    .describe("What no change may do.");

const price = z.number().min(0);

/** What things cost, for the report; the clouds' own price is used where they tell one and this does not. */
export const prices = z
    .strictObject({
        currency: z
            .string()
            .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters, such as "EUR"' })
            .describe('Of all these prices, for example "CNY" or "EUR".'),
        servers: z
            .record(z.string(), price)
            .optional()
            .describe("A server a month with its disks, by plan, instance type or flavor."),
        perGiB: z
            .strictObject({
                image: price.optional().describe("Of an image, where the cloud bills images."),
                snapshot: price.optional().describe("Of a snapshot."),
                backup: price.optional().describe("Of a backup."),
            })
            .optional()
            .describe("A GiB a month."),
    })
    .describe("What things cost, for `machine-images report`. Default what the clouds tell, else unknown.");

export type Policy = z.output<typeof policy>;
export type Prices = z.output<typeof prices>;

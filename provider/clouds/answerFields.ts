import { z } from "zod";
import { isLargeInteger } from "../core/json";

// The clouds write null, "" and nothing at all for the same fact, and numbers or booleans as strings
// (docs/reference/alibaba-api.md#answers, docs/reference/huawei-api.md#answers). These fields accept all of it.

/** A text that must be there; numbers such as account ids become text. */
export const text = z.union([z.string().min(1), z.number()]).transform(String);

/** A text that may be missing, null or empty: all three become undefined. */
export const optionalText = z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value === null || value === undefined || value === "" ? undefined : String(value)));

/** A number written as a string; one that would lose digits is none. */
const writtenNumber = z.string().refine((digits) => !isLargeInteger(digits), "is too large for a number");

/** A number, also when written as a string. */
export const number = z.union([z.number(), writtenNumber.min(1).transform(Number)]).pipe(z.number());

/** A number that may be missing, null or empty. */
export const optionalNumber = z
    .union([z.number(), writtenNumber])
    .nullish()
    .transform((value) => (value === null || value === undefined || value === "" ? undefined : Number(value)))
    .pipe(z.number().optional());

/** How many there are, as far as the cloud can count: what is no number counts as not said. */
export const total = optionalNumber.catch(undefined);

/** A flag: true, "true" and "True" are true; everything else, also nothing, is false. */
export const flag = z
    .union([z.boolean(), z.string()])
    .nullish()
    .transform((value) => String(value).toLowerCase() === "true");

/** A list that may be missing or null: then it is empty. */
export function list<T extends z.ZodType>(item: T) {
    return z
        .array(item)
        .nullish()
        .transform((items) => items ?? []);
}

/** "42%" or 42: a number from 0 to 100. */
export const percent = z
    .union([z.number(), z.string()])
    .nullish()
    .transform((value) => (value === null || value === undefined || value === "" ? undefined : parsePercent(value)))
    .pipe(z.number().optional());

function parsePercent(value: number | string): number {
    return typeof value === "number" ? value : Number(value.replace("%", ""));
}

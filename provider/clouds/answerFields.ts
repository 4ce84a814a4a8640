import { z } from "zod";
import { isLargeInteger } from "../core/json";

// The clouds write null, "" or nothing for the same fact, and numbers or booleans as strings
// (docs/reference/alibaba-api.md#answers, docs/reference/huawei-api.md#answers). These fields accept all of these
// forms.

/** A required text; numbers such as account ids become text. */
export const text = z.union([z.string().min(1), z.number()]).transform(String);

/** A text that may be missing, null or empty: all three become undefined. */
export const optionalText = z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value === null || value === undefined || value === "" ? undefined : String(value)));

/** A number written as a string; a number that would lose digits is refused. */
const writtenNumber = z.string().refine((digits) => !isLargeInteger(digits), "is too large for a number");

/** A number, also when written as a string. */
export const number = z.union([z.number(), writtenNumber.min(1).transform(Number)]).pipe(z.number());

/** A number that may be missing, null or empty. */
export const optionalNumber = z
    .union([z.number(), writtenNumber])
    .nullish()
    .transform((value) => (value === null || value === undefined || value === "" ? undefined : Number(value)))
    .pipe(z.number().optional());

/** A total count; undefined if the cloud's value is not a number. */
export const total = optionalNumber.catch(undefined);

/** A flag: true, "true" and "True" are true; everything else, including a missing value, is false. */
export const flag = z
    .union([z.boolean(), z.string()])
    .nullish()
    .transform((value) => String(value).toLowerCase() === "true");

/** A list; empty if it is missing or null. */
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

import type { Rule } from "../../../../provider/dist/simulator/core/rule.js";
import type { SimulatorOptions } from "../../../../provider/dist/simulator/index.js";
import type { Answer, Bench } from "../client.ts";

/** How a rule is broken, and what the client then reads. */
export interface Row {
    /** Status, code and the beginning of the message; of a job that fails, "FAIL" and its code and reason. */
    readonly says: string;
    readonly options?: SimulatorOptions;
    /** Breaks the rule, and returns the refusal or the failed job. */
    readonly by: (bench: Bench) => Promise<Answer>;
}

/** A row for every rule of a table: tsc refuses a table with a rule that has none. */
export type RowsOf<Rules> = { readonly [Name in keyof Rules]: Row };

export type Rules = Readonly<Record<string, Rule>>;

/** A refusal as text, from whichever envelope its service uses, or a failed job. */
export function told({ status, body }: Answer): string {
    if (status < 400) return `${body?.status} ${body?.error_code} ${body?.fail_reason}`;
    const { error = body } = body;
    // IAM repeats the status where others have a code.
    const code = typeof error.code === "number" ? error.title : (error.code ?? error.error_code);
    return `${status} ${code} ${error.message ?? error.error_msg}`;
}

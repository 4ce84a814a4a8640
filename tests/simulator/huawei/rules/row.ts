import type { ErrorRule } from "../../../../provider/dist/simulator/core/errorRule.js";
import type { SimulatorOptions } from "../../../../provider/dist/simulator/index.js";
import type { Answer, Bench, Json } from "../client.ts";

/** How a rule is broken, and what the client then reads. */
export interface Row {
    /** Status, code and the beginning of the message; of a job that fails, "FAIL" and its code and reason. */
    readonly says: string;
    readonly options?: SimulatorOptions;
    /** Breaks the rule, and returns the refusal or the failed job. */
    readonly by: (bench: Bench) => Promise<Answer>;
}

/** Another place where a rule is asked. */
export interface Place extends Row {
    /** Whom it is said to. */
    readonly where: string;
}

/** A row for every rule of a table: tsc refuses a table with a rule that has none. */
export type RowsOf<Rules> = { readonly [Name in keyof Rules]: Row };

export type Rules = Readonly<Record<string, ErrorRule>>;

/** A refusal as text, from whichever envelope its service uses, or a failed job. */
export function told({ status, body }: Answer): string {
    if (status < 400) return `${body?.status} ${body?.error_code} ${body?.fail_reason}`;
    // Nova and Cinder name the error, others call it "error", CBR and Glance put it at the top.
    const [only] = Object.values<Json>(body);
    const error = typeof only === "object" ? only : body;
    // IAM and Nova repeat the status where others have a code.
    const code = typeof error.code === "number" ? (error.title ?? error.code) : (error.code ?? error.error_code);
    return `${status} ${code} ${error.message ?? error.error_msg}`;
}

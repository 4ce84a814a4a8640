import type { ErrorRule } from "../../../../provider/dist/simulator/core/errorRule.js";
import type { SimulatorOptions } from "../../../../provider/dist/simulator/index.js";
import type { Answer, Bench, Json } from "../client.ts";

/** How a rule is broken, and what the client reads then. */
export interface Row {
    /** Status, code and the beginning of the message. For a failed job: "FAIL", its code and its reason. */
    readonly says: string;
    readonly options?: SimulatorOptions;
    /** Breaks the rule and returns the error or the failed job. */
    readonly by: (bench: Bench) => Promise<Answer>;
}

/** Another place that checks a rule. */
export interface Place extends Row {
    /** The request that gets the error. */
    readonly where: string;
}

/** A row for every rule of a table: tsc rejects a table with a rule without a row. */
export type RowsOf<Rules> = { readonly [Name in keyof Rules]: Row };

export type Rules = Readonly<Record<string, ErrorRule>>;

/** An error as text, from the envelope of any service, or a failed job. */
export function answerText({ status, body }: Answer): string {
    if (status < 400) return `${body?.status} ${body?.error_code} ${body?.fail_reason}`;
    // Nova and Cinder name the error, others call it "error", CBR and Glance have it at the top level.
    const [only] = Object.values<Json>(body);
    const error = typeof only === "object" ? only : body;
    // IAM and Nova repeat the status in place of a code.
    const code = typeof error.code === "number" ? (error.title ?? error.code) : (error.code ?? error.error_code);
    return `${status} ${code} ${error.message ?? error.error_msg}`;
}

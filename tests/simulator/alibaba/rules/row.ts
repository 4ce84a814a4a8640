import type { ErrorRule } from "../../../../provider/dist/simulator/core/errorRule.js";
import type { SimulatorOptions } from "../../../../provider/dist/simulator/index.js";
import type { Answer } from "../signedClient.ts";
import type { Simulated } from "../simulated.ts";

/** How a rule is broken, and what the client reads then. */
export interface Row {
    /** Status, code and the beginning of the message. */
    readonly says: string;
    readonly options?: SimulatorOptions;
    /** Breaks the rule and returns the error. */
    readonly by: (cloud: Simulated) => Promise<Answer>;
}

/** A row for every rule of a table: tsc rejects a table with a rule without a row. */
export type RowsOf<Rules> = { readonly [Name in keyof Rules]: Row };

export type Rules = Readonly<Record<string, ErrorRule>>;

/** An error as text. */
export const answerText = ({ status, body }: Answer): string => `${status} ${body.Code} ${body.Message}`;

/** The pattern of all errors of a rule, whatever their details. */
export function pattern({ status, code, message }: ErrorRule): RegExp {
    const text = `${status} ${code} ${message}`.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return new RegExp(`^${text.replace(/\{\w+\}/g, "[^]+")}$`);
}

/** An assumption that returns no error, and how a test shows it. */
export interface ChoiceRow {
    readonly options?: SimulatorOptions;
    /** What a client sees. */
    readonly shows: (cloud: Simulated) => Promise<unknown>;
    readonly is: unknown;
}

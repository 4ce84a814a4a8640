import type { ErrorRule } from "../../../../provider/dist/simulator/core/errorRule.js";
import type { SimulatorOptions } from "../../../../provider/dist/simulator/index.js";
import type { Answer } from "../signedClient.ts";
import type { Simulated } from "../simulated.ts";

/** How a rule is broken, and what the client then reads. */
export interface Row {
    /** Status, code and the beginning of the message. */
    readonly says: string;
    readonly options?: SimulatorOptions;
    /** Breaks the rule, and returns the refusal. */
    readonly by: (cloud: Simulated) => Promise<Answer>;
}

/** A row for every rule of a table: tsc refuses a table with a rule that has none. */
export type RowsOf<Rules> = { readonly [Name in keyof Rules]: Row };

export type Rules = Readonly<Record<string, ErrorRule>>;

/** A refusal as text. */
export const told = ({ status, body }: Answer): string => `${status} ${body.Code} ${body.Message}`;

/** What any refusal of a rule reads like, whatever its details are. */
export function pattern({ status, code, message }: ErrorRule): RegExp {
    const text = `${status} ${code} ${message}`.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return new RegExp(`^${text.replace(/\{\w+\}/g, "[^]+")}$`);
}

/** A choice of the simulator that refuses nothing, and what shows that it was made so. */
export interface ChoiceRow {
    readonly options?: SimulatorOptions;
    /** What a client sees. */
    readonly shows: (cloud: Simulated) => Promise<unknown>;
    readonly is: unknown;
}

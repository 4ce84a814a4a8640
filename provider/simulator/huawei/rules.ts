import type { Refusal } from "../core/refusal";
import { type Rule, refusal } from "../core/rule";

/** Rows of a table of rules that one source documents. */
export function documentedIn(source: string) {
    return (rule: string, code: string, message: string, status = 400): Rule => ({
        rule,
        source,
        confirmed: true,
        status,
        code,
        message,
    });
}

/** A row whose code or status was chosen; `reason` says after what. */
export function chosen(rule: string, reason: string, code: string, message: string, status = 400): Rule {
    return { rule, source: reason, confirmed: false, status, code, message };
}

/** The refusal that a rule demands. The documented texts name no object; `detail` says which one it is about. */
export function refuse(rule: Rule, detail?: string): Refusal {
    return detail === undefined ? refusal(rule) : refusal({ ...rule, message: `${rule.message} {detail}` }, { detail });
}

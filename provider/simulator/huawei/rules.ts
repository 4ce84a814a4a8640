import { Refusal } from "../core/refusal";

/** One refusal of the cloud: which rule, who says so, and how it reads on the wire. */
export interface Rule {
    /** R1-R23 of reference/huawei.md section 4, or the subject. */
    readonly rule: string;
    readonly source: string;
    /** False where no source names the code or status and one had to be chosen. */
    readonly confirmed: boolean;
    readonly status: number;
    readonly code: string;
    readonly message: string;
}

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

/** The refusal that a rule demands; `detail` names the object. */
export function refuse(rule: Rule, detail?: string): Refusal {
    return new Refusal(rule.status, rule.code, detail === undefined ? rule.message : `${rule.message} ${detail}`);
}

import type { Database } from "./database";

/** What goes wrong on purpose. A job fails for `reason`; a request is refused with a status, code and message. */
export type Fault =
    | { readonly job: string; readonly reason: string }
    | { readonly action: string; readonly status: number; readonly code: string; readonly message: string };

/** Faults that wait for their target; each is used `times` times and then gone. */
export class Faults {
    constructor(private readonly database: Database) {}

    add(fault: Fault, times = 1): void {
        const target = "job" in fault ? `job ${fault.job}` : `action ${fault.action}`;
        this.database.run(
            "INSERT INTO faults (target, remaining, body) VALUES (?, ?, ?)",
            target,
            times,
            JSON.stringify(fault),
        );
    }

    private take(target: string): Fault | undefined {
        const row = this.database.get("SELECT * FROM faults WHERE target = ? AND remaining > 0 ORDER BY seq", target);
        if (!row) return undefined;
        this.database.run("UPDATE faults SET remaining = remaining - 1 WHERE seq = ?", row.seq ?? null);
        const fault: Fault = JSON.parse(String(row.body));
        return fault;
    }

    /** Why the job of this kind must fail now, or undefined. */
    failureOf(job: string): string | undefined {
        const fault = this.take(`job ${job}`);
        return fault && "reason" in fault ? fault.reason : undefined;
    }

    /** The refusal that this action must meet now, or undefined. */
    refusalOf(action: string): { status: number; code: string; message: string } | undefined {
        const fault = this.take(`action ${action}`);
        return fault && "code" in fault ? fault : undefined;
    }
}

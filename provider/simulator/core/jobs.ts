import type { Database } from "./database";
import type { Scope } from "./kinds";

/** An asynchronous step of a cloud, scheduled for a time. */
export interface Job<Body> {
    readonly kind: string;
    readonly scope: Scope;
    /** Virtual time, in milliseconds. */
    readonly dueAt: number;
    readonly body: Body;
}

/** The queue of scheduled jobs, ordered by due time and order of scheduling. */
export class Jobs {
    constructor(
        private readonly database: Database,
        private readonly nextSequence: () => number,
    ) {}

    schedule<Body>(job: Job<Body>): void {
        const { cloud, account, region } = job.scope;
        this.database.run(
            "INSERT INTO jobs (seq, due_at, kind, cloud, account, region, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            this.nextSequence(),
            job.dueAt,
            job.kind,
            cloud,
            account,
            region,
            JSON.stringify(job.body),
        );
    }

    /** The time of the next job, or undefined if none is scheduled. */
    nextDue(): number | undefined {
        const row = this.database.get("SELECT due_at FROM jobs ORDER BY due_at, seq LIMIT 1");
        return row ? Number(row.due_at) : undefined;
    }

    get pending(): number {
        return Number(this.database.get("SELECT count(*) AS count FROM jobs")?.count ?? 0);
    }

    /** Removes the next job that is due at `now` from the queue. Its body is still JSON text. */
    take(now: number): Job<string> | undefined {
        const row = this.database.get("SELECT * FROM jobs WHERE due_at <= ? ORDER BY due_at, seq LIMIT 1", now);
        if (!row) return undefined;
        this.database.run("DELETE FROM jobs WHERE seq = ?", row.seq ?? null);
        return {
            kind: String(row.kind),
            scope: {
                cloud: row.cloud === "alibaba" ? "alibaba" : "huawei",
                account: String(row.account),
                region: String(row.region),
            },
            dueAt: Number(row.due_at),
            body: String(row.body),
        };
    }
}

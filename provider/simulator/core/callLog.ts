import type { Database } from "./database";

/** One line of the call log: a request as the cloud understood it, or a step that it took by itself. */
export interface Call {
    readonly cloud: string;
    readonly account: string;
    readonly region: string;
    /** "swas.CreateCustomImage", "ims.POST /v1/cloudimages/wholeimages/action", "job.image.ready". */
    readonly action: string;
    /** The main ids that it names or makes, never a secret. */
    readonly ids: readonly string[];
    /** HTTP status; 0 for a step of the cloud itself. */
    readonly status: number;
    /** "ok", or the cloud's error code. */
    readonly outcome: string;
}

export interface LoggedCall extends Call {
    readonly seq: number;
    /** ISO 8601, virtual time. */
    readonly at: string;
}

/** The log keeps this many calls and forgets the oldest, so that a long run does not grow. */
const mostKept = 200_000;
const pruneEvery = 1000;

/** Whoever asks may name any action: this many are counted each for itself, the others together. */
const mostCounted = 2000;
const others = "others\nothers";

/** Every request and every step, in order. */
export class CallLog {
    /** How often this process has logged each "action\noutcome". */
    readonly counts = new Map<string, number>();
    private readonly listeners = new Set<(call: LoggedCall) => void>();

    constructor(
        private readonly database: Database,
        private readonly now: () => number,
    ) {}

    /** Tells every call of this process from now on. @returns ends it */
    subscribe(listener: (call: LoggedCall) => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    add(call: Call): void {
        const itself = `${call.action}\n${call.outcome}`;
        const counted = this.counts.has(itself) || this.counts.size < mostCounted ? itself : others;
        this.counts.set(counted, (this.counts.get(counted) ?? 0) + 1);
        const now = this.now();
        const seq = this.insert(call, now);
        if (seq % pruneEvery === 0) this.database.run("DELETE FROM calls WHERE seq <= ?", seq - mostKept);
        if (this.listeners.size > 0) this.tell({ ...call, seq, at: new Date(now).toISOString() });
    }

    /** After the commit: what a listener has heard of stays in the log. */
    private tell(call: LoggedCall): void {
        this.database.onCommit(() => {
            for (const listener of this.listeners) listener(call);
        });
    }

    private insert(call: Call, now: number): number {
        return this.database.insert(
            "INSERT INTO calls (at, cloud, account, region, action, ids, status, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            now,
            call.cloud,
            call.account,
            call.region,
            call.action,
            JSON.stringify(call.ids),
            call.status,
            call.outcome,
        );
    }

    /** The calls after number `after` that `isWanted`, at most `limit`, oldest first. */
    list(after = 0, limit = 10_000, isWanted: (call: LoggedCall) => boolean = () => true): LoggedCall[] {
        const found: LoggedCall[] = [];
        for (const call of this.after(after)) {
            if (found.length === limit) break;
            if (isWanted(call)) found.push(call);
        }
        return found;
    }

    /** Virtual time of the last call, ms; 0 when there is none. The last lines may be steps that were due earlier. */
    lastAt(): number {
        const last = "SELECT at FROM calls ORDER BY seq DESC LIMIT 1000";
        return Number(this.database.get(`SELECT max(at) AS at FROM (${last})`)?.at ?? 0);
    }

    private *after(number: number): Iterable<LoggedCall> {
        for (const row of this.database.each("SELECT * FROM calls WHERE seq > ? ORDER BY seq", number)) {
            yield this.read(row);
        }
    }

    private read(row: Record<string, unknown>): LoggedCall {
        return {
            seq: Number(row.seq),
            at: new Date(Number(row.at)).toISOString(),
            cloud: String(row.cloud),
            account: String(row.account),
            region: String(row.region),
            action: String(row.action),
            ids: JSON.parse(String(row.ids)),
            status: Number(row.status),
            outcome: String(row.outcome),
        };
    }
}

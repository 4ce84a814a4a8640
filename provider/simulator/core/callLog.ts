import type { Database } from "./database";

/** One line of the call log: a request as the cloud parsed it, or an asynchronous step of a cloud. */
export interface Call {
    readonly cloud: string;
    readonly account: string;
    readonly region: string;
    /** "swas.CreateCustomImage", "ims.POST /v1/cloudimages/wholeimages/action", "job.image.ready". */
    readonly action: string;
    /** The main ids that it names or creates. Never a secret. */
    readonly ids: readonly string[];
    /** The HTTP status; 0 for an asynchronous step. */
    readonly status: number;
    /** "ok", or the cloud's error code. */
    readonly outcome: string;
}

export interface LoggedCall extends Call {
    readonly seq: number;
    /** ISO 8601, virtual time. */
    readonly at: string;
}

/** The number of calls that the log keeps. It forgets the oldest, so that long runs do not grow. */
const maxKept = 200_000;
const pruneEvery = 1000;

/** The number of actions with a counter each. Clients choose action names, so the rest share one counter. */
const maxCounted = 2000;
const others = "others\nothers";

/** Every request and every asynchronous step, in order. */
export class CallLog {
    /** How often this process has logged each "action\noutcome". */
    readonly counts = new Map<string, number>();
    private readonly listeners = new Set<(call: LoggedCall) => void>();

    constructor(
        private readonly database: Database,
        private readonly now: () => number,
    ) {}

    /** Calls the listener for every new call of this process. @returns a function that unsubscribes */
    subscribe(listener: (call: LoggedCall) => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    add(call: Call): void {
        const itself = `${call.action}\n${call.outcome}`;
        const counted = this.counts.has(itself) || this.counts.size < maxCounted ? itself : others;
        this.counts.set(counted, (this.counts.get(counted) ?? 0) + 1);
        const now = this.now();
        const seq = this.insert(call, now);
        if (seq % pruneEvery === 0) this.database.run("DELETE FROM calls WHERE seq <= ?", seq - maxKept);
        if (this.listeners.size > 0) this.notify({ ...call, seq, at: new Date(now).toISOString() });
    }

    /** After the commit, so that every call that a listener receives stays in the log. */
    private notify(call: LoggedCall): void {
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

    /** The calls after sequence number `after` that match `isWanted`, oldest first, at most `limit`. */
    list(after = 0, limit = 10_000, isWanted: (call: LoggedCall) => boolean = () => true): LoggedCall[] {
        const found: LoggedCall[] = [];
        for (const call of this.after(after)) {
            if (found.length === limit) break;
            if (isWanted(call)) found.push(call);
        }
        return found;
    }

    /** The virtual time of the last call in milliseconds, or 0. The last lines can be steps that were due earlier. */
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

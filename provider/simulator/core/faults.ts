import type { Database } from "./database";
import { type Effect, type Fault, type FaultRule, fault } from "./faultRules";
import type { Identifiers } from "./identifiers";

/** What a fault can match: an authenticated request, or a job that is due. */
export interface Target {
    readonly cloud: string;
    readonly account: string;
    readonly region: string;
    readonly action?: string;
    readonly job?: string;
    readonly ids: readonly string[];
}

interface StoredRule {
    readonly seq: number;
    readonly errorRule: FaultRule;
    readonly matched: number;
    readonly hits: number;
}

/** The fault rules in the order in which they were added. They are part of the state. */
export class Faults {
    constructor(
        private readonly database: Database,
        private readonly ids: Identifiers,
    ) {}

    /** @param times for a short form: number of effects. @default 1 */
    add(given: Fault, times?: number): void {
        const parsed = fault.parse(times === undefined ? given : { ...given, times });
        this.database.run("INSERT INTO faults (matched, hits, body) VALUES (0, 0, ?)", JSON.stringify(parsed));
    }

    clear(): void {
        this.database.run("DELETE FROM faults");
    }

    list(): { errorRule: FaultRule; matched: number; hits: number }[] {
        return this.stored().map(({ errorRule, matched, hits }) => ({ errorRule, matched, hits }));
    }

    /** Whether there is at least one rule. */
    get areSet(): boolean {
        return this.database.get("SELECT 1 AS found FROM faults LIMIT 1") !== undefined;
    }

    /** The effects on this target now: the first effect that decides the outcome, and all delays. */
    match(target: Target): Effect[] {
        const effects: Effect[] = [];
        for (const stored of this.stored()) {
            const isDelay = "latencyMs" in stored.errorRule.effect;
            const isDecided = effects.some((effect) => !("latencyMs" in effect));
            if ((isDelay || !isDecided) && this.hits(stored, target)) effects.push(stored.errorRule.effect);
        }
        return effects;
    }

    private stored(): StoredRule[] {
        return this.database.all("SELECT * FROM faults ORDER BY seq").map((row) => {
            const errorRule: FaultRule = JSON.parse(String(row.body));
            return { seq: Number(row.seq), errorRule, matched: Number(row.matched), hits: Number(row.hits) };
        });
    }

    private hits({ seq, errorRule, matched, hits }: StoredRule, target: Target): boolean {
        if (errorRule.times !== undefined && hits >= errorRule.times) return false;
        if (!matchesTarget(errorRule, target)) return false;
        const { nth, probability } = errorRule.match;
        const count = matched + 1;
        const isHit =
            (nth === undefined || count === nth) &&
            (probability === undefined || this.ids.chance(`fault ${seq}/${count}`) < probability);
        this.database.run("UPDATE faults SET matched = ?, hits = ? WHERE seq = ?", count, hits + (isHit ? 1 : 0), seq);
        return isHit;
    }
}

const jobEffects = ["failJob", "stickJob"];

function matchesTarget({ match, effect }: FaultRule, target: Target): boolean {
    const isForJobs = jobEffects.some((name) => name in effect);
    if (isForJobs !== (target.job !== undefined)) return false;
    return (
        (match.cloud === undefined || match.cloud === target.cloud) &&
        (match.account === undefined || match.account === target.account) &&
        (match.region === undefined || match.region === target.region) &&
        (match.action === undefined || fits(match.action, target.action)) &&
        (match.job === undefined || fits(match.job, target.job)) &&
        (match.resource === undefined || target.ids.includes(match.resource))
    );
}

/** "*" matches anything. A single pass, because a regular expression with many stars can take exponential time. */
function fits(pattern: string, text: string | undefined): boolean {
    if (text === undefined) return false;
    const [first = "", ...rest] = pattern.split("*");
    const last = rest.pop();
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
        const found = text.indexOf(part, at);
        if (found < 0) return false;
        at = found + part.length;
    }
    return text.length >= at + last.length && text.endsWith(last);
}

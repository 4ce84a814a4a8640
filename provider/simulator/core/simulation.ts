import { ApiError } from "./apiError";
import { CallLog } from "./callLog";
import { CallRates } from "./callRates";
import { type ClockMode, VirtualClock } from "./clock";
import { Database } from "./database";
import { Faults } from "./faults";
import { Identifiers } from "./identifiers";
import { Jobs } from "./jobs";
import type { Kind, Scope } from "./kinds";
import { LastAnswers } from "./lastAnswers";
import { freshness } from "./machineClock";
import { ObjectMemory } from "./objectMemory";
import { RegionStore, Registry } from "./objects";
import { Quotas } from "./quotas";
import { Settings } from "./settings";

/** The work of a job. `failure` is set if a fault makes the job fail. */
export type Step<Body> = (work: {
    sim: Simulation;
    store: RegionStore;
    body: Body;
    failure: string | undefined;
}) => void;

export interface SimulationOptions {
    /** A file, or ":memory:". */
    path: string;
    /** For a new simulation. An existing file keeps its seed. */
    seed: number;
    /** @default the stored clock, or real for a new simulation */
    clock?: ClockMode;
    /** The machine's date and time, in ms. */
    wallNow: () => number;
    /** The source of real and scaled time, in ms; never moves backwards. @default wallNow */
    steadyNow?: () => number;
    /** Called when a job throws while a client polls. @default does nothing */
    onBrokenStep?: (reason: unknown) => void;
}

/** The state of the clouds, with the sources of nondeterminism: time, ids, faults. */
export class Simulation {
    readonly database: Database;
    readonly settings: Settings;
    readonly clock: VirtualClock;
    readonly ids: Identifiers;
    readonly faults: Faults;
    readonly quotas: Quotas;
    readonly callRates: CallRates;
    readonly lastAnswers = new LastAnswers();
    readonly calls: CallLog;
    readonly objects: ObjectMemory;
    readonly registry: Registry;
    readonly wallNow: () => number;
    /** Whether a client's time is at most this many ms from the machine's time. */
    readonly isFresh: (at: number, withinMs: number) => boolean;
    private readonly onBrokenStep: (reason: unknown) => void;
    private readonly jobs: Jobs;
    private readonly steps = new Map<string, Step<string>>();

    constructor(options: SimulationOptions) {
        this.database = new Database(options.path);
        this.settings = new Settings(this.database);
        const { wallNow, steadyNow = wallNow } = options;
        this.clock = new VirtualClock(this.database, this.settings, { wallNow, steadyNow });
        this.wallNow = wallNow;
        this.isFresh = freshness({ wallNow, steadyNow });
        this.onBrokenStep = options.onBrokenStep ?? (() => undefined);
        this.ids = new Identifiers(this.settings);
        this.faults = new Faults(this.database, this.ids);
        this.quotas = new Quotas(this.settings);
        this.callRates = new CallRates(this.settings, () => this.clock.now());
        this.calls = new CallLog(this.database, () => this.clock.now());
        this.objects = new ObjectMemory(this.database);
        this.registry = new Registry(this.database, this.objects);
        this.jobs = new Jobs(this.database, this.nextSequence);
        this.database.transaction(() => {
            this.ids.start(options.seed);
            this.clock.start(options.clock, this.calls.lastAt());
        });
    }

    /** Restarts ids and sequences, as in a new simulation. */
    restartCounters(): void {
        this.settings.set("sequence", 0);
        this.ids.restart();
    }

    /** Objects created from now on have a greater sequence number. */
    continueAfter(sequence: number): void {
        if (sequence > this.lastSequence) this.settings.set("sequence", sequence);
    }

    private get lastSequence(): number {
        return this.settings.get<number>("sequence") ?? 0;
    }

    private readonly nextSequence = (): number => {
        const next = this.lastSequence + 1;
        this.settings.set("sequence", next);
        return next;
    };

    store(scope: Scope): RegionStore {
        return new RegionStore(this.database, this.objects, scope, this.nextSequence);
    }

    /** Registers the work of a job. Every cloud registers its jobs once, before the first request. */
    onJob<Body>(job: Kind<Body>, step: Step<NoInfer<Body>>): void {
        // As for objects, the kind's name determines the type of the stored body.
        this.steps.set(job.name, ({ body, ...rest }) => {
            const parsed: Body = JSON.parse(body);
            step({ ...rest, body: parsed });
        });
    }

    /** Schedules a job `after` ms of virtual time from now. */
    schedule<Body>(job: Kind<Body>, scope: Scope, after: number, body: NoInfer<Body>): void {
        this.jobs.schedule({ kind: job.name, scope, dueAt: this.clock.now() + Math.max(0, Math.round(after)), body });
    }

    get pendingJobs(): number {
        return this.jobs.pending;
    }

    /**
     * Runs every job that is due, oldest first. Each job, with its effects and its log line, runs completely or not at
     * all.
     */
    catchUp(): void {
        const broken = this.takeDue();
        if (broken) throw broken.reason;
    }

    private takeDue(): { readonly reason: unknown } | undefined {
        const now = this.clock.now();
        return this.isDue(now) ? this.database.transaction(() => this.runDueJobs(now)) : undefined;
    }

    private isDue(now: number): boolean {
        const due = this.jobs.nextDue();
        return due !== undefined && due <= now;
    }

    /** Stops at a job that throws. That job is dropped, so that it fails one request and not all later ones. */
    private runDueJobs(now: number): { readonly reason: unknown } | undefined {
        while (this.isDue(now)) {
            try {
                this.database.transaction(() => this.runJob(now));
            } catch (reason) {
                this.dropJob(now);
                return { reason };
            }
        }
        return undefined;
    }

    private dropJob(now: number): void {
        this.database.transaction(() => {
            const job = this.jobs.take(now);
            if (job) this.calls.add({ ...job.scope, action: `job.${job.kind}`, ids: [], status: 0, outcome: "broken" });
        });
    }

    private runJob(now: number): void {
        const job = this.jobs.take(now);
        if (!job) return;
        const step = this.steps.get(job.kind);
        // A job of a newer version, which cannot run here, is dropped.
        if (!step) {
            this.calls.add({ ...job.scope, action: `job.${job.kind}`, ids: [], status: 0, outcome: "unknown" });
            return;
        }
        this.clock.at(job.dueAt, () => {
            const ids = idsIn(JSON.parse(job.body));
            const effects = this.faults.match({ ...job.scope, job: job.kind, ids });
            const isStuck = effects.some((effect) => "stickJob" in effect);
            const failure = effects.find((effect) => "failJob" in effect)?.failJob;
            if (!isStuck) step({ sim: this, store: this.store(job.scope), body: job.body, failure });
            const outcome = isStuck ? "stuck" : failure === undefined ? "ok" : "failed";
            this.calls.add({ ...job.scope, action: `job.${job.kind}`, ids, status: 0, outcome });
        });
    }

    /**
     * With an automatic clock, jumps to the event that the client polls for. A job that throws does not fail the poll:
     * the rollback would queue the job again, and every later poll would fail.
     */
    polled(): void {
        if (this.clock.mode.mode !== "auto") return;
        const due = this.jobs.nextDue();
        if (due === undefined) return;
        this.clock.advance(Math.max(0, due - this.clock.now()));
        const broken = this.takeDue();
        if (broken) this.onBrokenStep(broken.reason);
    }

    /** Moves virtual time forward and runs all jobs that become due. */
    advance(ms: number): void {
        this.database.transaction(() => this.clock.advance(ms));
        this.catchUp();
    }

    /** Runs one request. If it returns an error, its changes are undone. */
    attempt<T>(work: () => T): T | ApiError {
        try {
            return this.database.transaction(work);
        } catch (error) {
            if (error instanceof ApiError) return error;
            throw error;
        }
    }

    close(): void {
        try {
            this.clock.close();
        } finally {
            this.database.close();
        }
    }
}

/** The ids in a job's body, for the call log. */
function idsIn(body: unknown): string[] {
    if (typeof body !== "object" || body === null) return [];
    return Object.entries(body).flatMap(([key, value]) =>
        /id$/i.test(key) && typeof value === "string" ? [value] : [],
    );
}

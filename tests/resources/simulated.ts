import { type Clouds, connectClouds } from "../../provider/dist/clouds/connect.js";
import type { Time } from "../../provider/dist/core/time.js";
import { adapt, type DynamicProvider } from "../../provider/dist/pulumi/dynamic/adapter.js";
import type { Handler } from "../../provider/dist/pulumi/dynamic/handler.js";
import type { Shared } from "../../provider/dist/pulumi/dynamic/identity.js";
import { Run } from "../../provider/dist/pulumi/dynamic/run.js";
import { type ExportedStack, statesOf } from "../../provider/dist/pulumi/dynamic/stackStates.js";
import { unknownValue } from "../../provider/dist/pulumi/dynamic/unknown.js";
import { fullUrn } from "../../provider/dist/pulumi/dynamic/urn.js";
import {
    type LoggedCall,
    type RunningSimulator,
    startSimulator,
    type World,
} from "../../provider/dist/simulator/index.js";
import { defaultWorld, withLag } from "../../provider/dist/simulator/worlds/world.js";
import { selfMovingTime } from "../virtualTime.ts";

export type Properties = Record<string, unknown>;

/** The clouds, simulated in this process on a virtual clock that every sleep of the provider advances. */
export interface Simulated {
    simulator: RunningSimulator;
    /** The clouds as the provider reaches them, for manual actions. */
    clouds: Clouds;
    /** Progress messages for the user. */
    progress: string[];
    warnings: string[];
    /** A resource of this handler, as the plugin process serves it. */
    resource<I extends object, S extends object>(handler: Handler<I, S>, name: string): Managed;
    /** A handler as a plugin process serves it. */
    serve<I extends object, S extends object>(handler: Handler<I, S>, shared: Shared): DynamicProvider;
    /** The knowledge of a new plugin process: nothing of its run, and the states of all stacks. */
    newProcess(): Shared;
    /** Adds a stack whose state plugin processes can read. */
    addStack(read: () => ExportedStack): void;
    /** Makes the states of stacks unreadable. */
    hideStates(): void;
    /** What has been killed in the running work: the engine with its plugin, or only the plugin. */
    killed(): Killed | undefined;
    /** Runs the work that waits until the state is saved. */
    shutDownGracefully(): Promise<void>;
    /**
     * Runs work whose process is killed right after the answer to its k-th change: later requests do not reach the
     * clouds, and no work runs that waits until the state is saved.
     *
     * @param what what to kill. @default "engine"
     * @returns whether it was killed
     */
    killedAfter(k: number, work: () => Promise<unknown>, what?: Killed): Promise<boolean>;
    /** The requests since the start that changed something, in order: "swas.CreateSnapshot". */
    changes(): string[];
    calls(): LoggedCall[];
    /** Whether the call changed something. */
    isChange(call: LoggedCall): boolean;
    /** Every object that did not exist at the start. */
    made(): { kind: string; id: string; value: unknown }[];
    /** "kind id" of every object that did not exist at the start. */
    left(): string[];
    close(): Promise<void>;
}

/** An engine that is killed ends its plugin too. */
export type Killed = "engine" | "plugin";

const lookOnly = /^(\w+\.(?:Nova)?(List|Describe|Show|Get|Keystone|Query)|job\.)/;

export async function simulated(
    options: {
        profile?: "csbs" | "cbr";
        account?: number;
        seed?: number;
        world?: World;
        isKeyWrong?: boolean;
        /** How long lists of the clouds lag behind. */
        lagSeconds?: number;
        pollSeconds?: number;
    } = {},
): Promise<Simulated> {
    const { profile, seed, lagSeconds = 0 } = options;
    const world = lagSeconds > 0 ? withLag(options.world ?? defaultWorld, lagSeconds) : options.world;
    const simulator = await startSimulator({ clock: "frozen", profile, seed, world });
    const { sim } = simulator;
    let killed: Killed | undefined;
    const moving = selfMovingTime({ now: () => sim.clock.now(), advance: (ms) => sim.advance(ms) });
    const time = {
        now: moving.now,
        sleep: async (ms: number, signal?: AbortSignal) => {
            if (killed) throw new Error("killed");
            await moving.sleep(ms, signal);
        },
    };
    const clouds = cloudsOf(simulator, time, options);
    const progress: string[] = [];
    const warnings: string[] = [];
    const saved: (() => Promise<void>)[] = [];
    const openContext = () => ({
        whenSaved: (work: () => Promise<void>) => void saved.push(work),
        clouds,
        time,
        report: (message: string) => void progress.push(message),
        warn: (message: string) => void warnings.push(message),
    });
    const isChange = ({ action, outcome }: LoggedCall) => outcome === "ok" && !lookOnly.test(action);
    const stacks: (() => ExportedStack)[] = [];
    const resources = new Map<string, Managed>();
    let areHidden = false;
    const journal: Journal = { begun: [], isDead: () => killed !== undefined };
    const newProcess = (): Shared => ({
        run: new Run(),
        states: statesOf(async () => {
            const single = [...resources.values()].map((managed) => managed.exported());
            const interrupted = { deployment: { pending_operations: journal.begun } };
            return areHidden ? undefined : [...single, interrupted, ...stacks.map((read) => read())];
        }),
    });
    const before = new Set(sim.registry.objects().map(({ kind, id }) => `${kind} ${id}`));
    const made = () => sim.registry.objects().filter(({ kind, id }) => !before.has(`${kind} ${id}`));
    return {
        simulator,
        clouds,
        progress,
        warnings,
        resource: (handler, name) => {
            const managed = new Managed(() => adapt(handler, openContext, newProcess()), name, saved, journal);
            // The same resource again is what its state holds now.
            resources.set(name, managed);
            return managed;
        },
        serve: (handler, shared) => adapt(handler, openContext, shared),
        newProcess,
        addStack: (read) => void stacks.push(read),
        hideStates: () => {
            areHidden = true;
        },
        killed: () => killed,
        shutDownGracefully: async () => {
            if (killed) saved.length = 0;
            await doAll(saved);
        },
        killedAfter: async (k, work, what = "engine") => {
            let changes = 0;
            const stopListening = sim.calls.subscribe((call) => {
                if (killed || !isChange(call) || ++changes < k) return;
                killed = what;
                sim.faults.add({ effect: { reset: "before" } });
            });
            try {
                await work().catch((error: unknown) => {
                    if (!killed) throw error;
                });
                return killed !== undefined;
            } finally {
                stopListening();
                if (killed) sim.faults.clear();
                killed = undefined;
                saved.length = 0;
            }
        },
        changes: () =>
            sim.calls
                .list()
                .filter(isChange)
                .map(({ action }) => action),
        calls: () => sim.calls.list(),
        isChange,
        made,
        left: () => made().map(({ kind, id }) => `${kind} ${id}`),
        close: async () => {
            moving.close();
            await simulator.close();
        },
    };
}

/** The simulator's clouds, as the provider reaches them. */
export function cloudsOf(
    simulator: RunningSimulator,
    time: Time,
    {
        account = 0,
        isKeyWrong = false,
        pollSeconds,
    }: { account?: number; isKeyWrong?: boolean; pollSeconds?: number } = {},
): Clouds {
    const keysOf = (cloud: string) => simulator.accounts.filter((one) => one.cloud === cloud)[account]?.keys[0];
    const config: Record<string, string | undefined> = {
        "machine-images:endpoint": simulator.url,
        "machine-images:pollSeconds": pollSeconds === undefined ? undefined : String(pollSeconds),
        "machine-images:alibabaAccessKeyId": keysOf("alibaba")?.accessKeyId,
        "machine-images:alibabaAccessKeySecret": isKeyWrong ? "wrong" : keysOf("alibaba")?.accessKeySecret,
        "machine-images:huaweiAccessKey": keysOf("huawei")?.accessKeyId,
        "machine-images:huaweiSecretKey": isKeyWrong ? "wrong" : keysOf("huawei")?.accessKeySecret,
        "machine-images:accounts": JSON.stringify({ partner: partnerKeys(simulator) }),
    };
    return connectClouds({ config: (key) => config[key], environment: {}, time, random: () => 0.5 });
}

/** Keys of the second Huawei account, which stacks call "partner". */
function partnerKeys({ accounts }: RunningSimulator): Properties {
    const keys = accounts.filter(({ cloud }) => cloud === "huawei")[1]?.keys[0];
    return { accessKeyId: keys?.accessKeyId, accessKeySecret: keys?.accessKeySecret };
}

/** The engine's pending creates, newest first. They remain if the engine is killed during a create. */
interface Journal {
    begun: { type: string; resource: { urn: string; inputs: Properties } }[];
    isDead(): boolean;
}

/** The result of an operation on the resource. */
export type Operation = "create" | "same" | "update" | "replace";

/** One resource under a simulated engine that performs the real engine's steps for a dynamic resource in order. */
export class Managed {
    private readonly open: () => DynamicProvider;
    /** Of the plugin process: a new one for every operation. */
    private plugin: DynamicProvider;
    readonly urn: string;
    /** Work of all resources that waits until the state is saved. */
    private readonly saved: (() => Promise<void>)[];
    id: string | undefined;
    inputs: Properties = {};
    outs: Properties = {};

    private readonly journal: Journal;
    private diesAtEnd = false;
    /** Replaced, and not deleted yet. */
    private replaced: { id: string; outs: Properties }[] = [];
    private deletesReplaced = true;
    /** The resource option `retainOnDelete`, as the state has it. */
    private isRetained = false;

    constructor(open: () => DynamicProvider, name: string, saved: (() => Promise<void>)[], journal: Journal) {
        this.open = open;
        this.journal = journal;
        this.saved = saved;
        this.plugin = open();
        this.urn = `dev::test::~Test::${name}`;
    }

    private news(inputs: Properties, isPreview = false): Properties {
        const owner = isPreview ? unknownValue : randomOwner();
        return { ...inputs, __urn: this.urn, __owner: owner, __provider: "exports.handler = …" };
    }

    /** The state, as the engine prints it. */
    exported(): ExportedStack {
        const { id, inputs, outs } = this;
        const urn = fullUrn(this.urn);
        const { isRetained } = this;
        const resources = id === undefined ? [] : [{ urn, id, inputs, outputs: outs, retainOnDelete: isRetained }];
        const waiting = this.replaced.map((old) => ({ urn, id: old.id, inputs: {}, outputs: old.outs, delete: true }));
        return { deployment: { resources: [...resources, ...waiting] } };
    }

    /** The problems that a preview finds, and whether it would replace the object. */
    async preview(inputs: Properties): Promise<{ failures: string[]; replaces: string[] }> {
        this.plugin = this.open();
        const checked = await this.plugin.check(this.inputs, this.news(inputs, true));
        const failures = checked.failures.map(({ reason }) => reason);
        if (failures.length > 0 || this.id === undefined) return { failures, replaces: [] };
        const { replaces } = await this.plugin.diff(this.id, this.outs, checked.inputs);
        if (replaces.length === 0) return { failures, replaces };
        const fresh = await this.plugin.check({}, this.news(inputs, true));
        return { failures: fresh.failures.map(({ reason }) => reason), replaces };
    }

    /** Check, diff, then create, update or replace. @throws the error that the user would see */
    async up(inputs: Properties): Promise<Operation> {
        this.plugin = this.open();
        const operation = await this.step(inputs);
        await doAll(this.saved);
        return operation;
    }

    /** An up that ends before it deletes the replaced object, which then waits in the state. */
    async upWithoutDeletion(inputs: Properties): Promise<Operation> {
        this.deletesReplaced = false;
        try {
            return await this.up(inputs);
        } finally {
            this.deletesReplaced = true;
        }
    }

    /** An up whose process is killed at its end: the state is not saved, and no work runs that waits for it. */
    async upAndDie(inputs: Properties): Promise<void> {
        const { id, outs, inputs: stored } = this;
        this.plugin = this.open();
        this.diesAtEnd = true;
        try {
            await this.step(inputs);
        } finally {
            this.diesAtEnd = false;
            this.saved.length = 0;
            Object.assign(this, { id, outs, inputs: stored });
        }
    }

    /** Like `pulumi up --replace`: without a diff. */
    async replaceByForce(inputs: Properties): Promise<void> {
        this.plugin = this.open();
        const old = { id: this.id, outs: this.outs };
        await this.create(await this.checked({}, inputs));
        if (old.id !== undefined) await this.plugin.delete(old.id, old.outs);
        await doAll(this.saved);
    }

    private async step(inputs: Properties): Promise<Operation> {
        const operation = await this.changed(inputs);
        this.isRetained = inputs.__retain === true;
        if (this.deletesReplaced) await this.deleteReplaced();
        return operation;
    }

    private async deleteReplaced(): Promise<void> {
        for (const old of [...this.replaced]) {
            await this.plugin.delete(old.id, old.outs);
            this.replaced = this.replaced.filter((one) => one !== old);
        }
    }

    private async changed(inputs: Properties): Promise<Operation> {
        const news = await this.checked(this.inputs, inputs);
        if (this.id === undefined) {
            await this.create(news);
            return "create";
        }
        const diff = await this.plugin.diff(this.id, this.outs, news);
        if (diff.replaces.length > 0) {
            const old = { id: this.id, outs: this.outs };
            const fresh = await this.checked({}, inputs);
            if (diff.deleteBeforeReplace) await this.plugin.delete(old.id, old.outs);
            await this.create(fresh);
            if (!diff.deleteBeforeReplace && !this.isRetained) this.replaced.push(old);
            return "replace";
        }
        if (JSON.stringify(sorted(this.inputs)) === JSON.stringify(sorted(news))) return "same";
        this.outs = (await this.plugin.update(this.id, this.outs, news)).outs;
        this.inputs = news;
        return "update";
    }

    private async checked(olds: Properties, inputs: Properties): Promise<Properties> {
        const { inputs: news, failures } = await this.plugin.check(olds, this.news(inputs));
        const reasons = failures.map(({ reason }) => reason);
        if (reasons.length > 0) throw new Error(reasons.join("\n"));
        return { ...news, __provider: "exports.handler = …" };
    }

    private async create(news: Properties): Promise<void> {
        const begun = { type: "creating", resource: { urn: fullUrn(this.urn), inputs: news } };
        this.journal.begun.unshift(begun);
        try {
            await this.created(news);
        } finally {
            if (!this.diesAtEnd && !this.journal.isDead()) {
                this.journal.begun = this.journal.begun.filter((one) => one !== begun);
            }
        }
    }

    private async created(news: Properties): Promise<void> {
        try {
            const { id, outs } = await this.plugin.create(news);
            Object.assign(this, { id, outs, inputs: news });
        } catch (error) {
            // If the error has an id, the engine keeps the partially created resource.
            if (error instanceof Error && "id" in error && "properties" in error) {
                Object.assign(this, { id: error.id, outs: error.properties, inputs: {} });
            }
            throw error;
        }
    }

    /** Reads the resource; changes appear as other inputs. */
    async refresh(): Promise<"gone" | "quiet" | "drifted"> {
        this.plugin = this.open();
        if (this.id === undefined) return "gone";
        const { id, props, inputs } = await this.plugin.read(this.id, this.outs);
        if (id === undefined) {
            this.id = undefined;
            return "gone";
        }
        const isQuiet = JSON.stringify(sorted(this.inputs)) === JSON.stringify(sorted(inputs ?? {}));
        this.outs = props ?? {};
        this.inputs = inputs ?? {};
        return isQuiet ? "quiet" : "drifted";
    }

    async destroy(): Promise<void> {
        this.plugin = this.open();
        await this.deleteReplaced();
        if (this.id !== undefined) await this.plugin.delete(this.id, this.outs);
        this.id = undefined;
        this.inputs = {};
    }
}

let owners = 0;

/** An owner that no other resource has. */
export function randomOwner(): string {
    return `${(++owners).toString(16).padStart(16, "0")}.1`;
}

/** Runs the work that waits until the state is saved. The next update repeats work that fails here. */
async function doAll(saved: (() => Promise<void>)[]): Promise<void> {
    await Promise.allSettled(saved.splice(0).map((work) => work()));
}

function sorted(value: Properties): Properties {
    return JSON.parse(
        JSON.stringify(value, (_key, inner: unknown) =>
            typeof inner === "object" && inner !== null && !Array.isArray(inner)
                ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
                : inner,
        ),
    );
}

import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import {
    type InlineProgramArgs,
    LocalWorkspace,
    PulumiCommand,
    type PulumiFn,
    type Stack,
} from "@pulumi/pulumi/automation/index.js";
import {
    type LoggedCall,
    type RunningSimulator,
    startSimulator,
    type World,
} from "../../provider/dist/simulator/index.js";

const execute = promisify(execFile);

const work = join(import.meta.dirname, "..", ".work");

/** A stack on the real engine with a file backend, against a simulator in this process with a virtual clock. */
export interface EngineStack {
    stack: Stack;
    simulator: RunningSimulator;
    /** Sets the program for all further runs. */
    use(program: PulumiFn): void;
    /** @param target names of the resources to update. @default all */
    up(target?: readonly string[], options?: { refresh?: boolean; replace?: string }): Promise<Outcome>;
    preview(): Promise<Outcome>;
    refresh(): Promise<Outcome>;
    destroy(target?: readonly string[]): Promise<Outcome>;
    /** The successful calls since the last time, without reads: "swas.CreateSnapshot". */
    changes(): string[];
    calls(): LoggedCall[];
    /** All objects that did not exist at the start, as "kind id". */
    left(): string[];
    /** The URNs of the stack's resources of a type of this package. */
    urns(type: string): Promise<string[]>;
    /** Stops virtual time, so that all waits continue; `go` starts it again. */
    time: { stop(): void; go(): void };
    /** Waits for the next request of this kind. */
    asked(action: string): Promise<void>;
    /** Waits until the clouds complete such a call, then kills the provider plugin. */
    killPluginAfter(action: string): Promise<void>;
    /** The process ids of the running provider plugins. */
    plugins(): number[];
    folder: string;
    /** Kills the provider plugin at the k-th change from now on. @returns a function that cancels this */
    killPluginAfterChange(k: number, killed: () => void, isEngineToo?: boolean): () => void;
    /** `pulumi stack rename` */
    rename(name: string): Promise<void>;
    /** `pulumi state rename` */
    renameResource(name: string, to: string): Promise<void>;
    /** `pulumi state move` */
    moveTo(other: EngineStack, names: readonly string[]): Promise<void>;
    /** The resources in the stack's state. `delete`: it was replaced, but not deleted yet. */
    stored(): Promise<Stored[]>;
    close(): Promise<void>;
}

export interface Stored {
    urn: string;
    type: string;
    id: string;
    delete?: boolean;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

export interface Outcome {
    /** How many resources were created, updated, left unchanged and so on, without the stack itself. */
    summary: Record<string, number>;
    /** The operation of each resource, by name: "create", "update", "replace", "same". */
    operations: Record<string, string>;
    output: string;
}

const lookOnly = /^(\w+\.(?:Nova)?(List|Describe|Show|Get|Query)|job\.)/;

/**
 * @param options.beside a stack whose clouds this one shares; close it after this one
 * @param options.isInBackend whether this stack has this name and shares the backend of `beside`
 */
export async function engineStack(
    name: string,
    options: { profile?: "csbs" | "cbr"; world?: World; beside?: EngineStack; isInBackend?: boolean } = {},
): Promise<EngineStack> {
    const { beside, profile, world, isInBackend = false } = options;
    const folder = join(work, `${name}-${process.pid}`);
    const backend = join(isInBackend && beside ? beside.folder : folder, "state");
    mkdirSync(backend, { recursive: true });
    mkdirSync(join(folder, "pids"), { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
    const simulator = beside?.simulator ?? (await startSimulator({ clock: "frozen", profile, world }));
    const { sim } = simulator;
    let ticking: NodeJS.Timeout | undefined;
    const time = {
        go: () => {
            ticking ??= setInterval(() => sim.advance(10_000), 10);
        },
        stop: () => {
            clearInterval(ticking);
            ticking = undefined;
        },
    };
    if (!beside) time.go();

    const args: InlineProgramArgs = {
        stackName: isInBackend ? name : "dev",
        projectName: "test",
        program: async () => {},
    };
    const stack = await LocalWorkspace.createOrSelectStack(args, {
        workDir: folder,
        pulumiCommand: await PulumiCommand.get({ skipVersionCheck: true }),
        envVars: {
            PULUMI_BACKEND_URL: `file://${backend}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
            NODE_OPTIONS:
                `${process.env.NODE_OPTIONS ?? ""} --require=${join(import.meta.dirname, "notePid.cjs")}`.trim(),
            MACHINE_IMAGES_TEST_PIDS: join(folder, "pids"),
        },
    });
    const key = (cloud: string) => simulator.accounts.find((account) => account.cloud === cloud)?.keys[0];
    const config = {
        endpoint: simulator.url,
        pollSeconds: "0.02",
        alibabaAccessKeyId: key("alibaba")?.accessKeyId ?? "",
        alibabaAccessKeySecret: key("alibaba")?.accessKeySecret ?? "",
        huaweiAccessKey: key("huawei")?.accessKeyId ?? "",
        huaweiSecretKey: key("huawei")?.accessKeySecret ?? "",
    };
    for (const [name, value] of Object.entries(config)) {
        await stack.setConfig(`machine-images:${name}`, { value, secret: /secret/i.test(name) });
    }

    // The second Huawei Cloud account, under the name that programs use.
    const partner = simulator.accounts.filter(({ cloud }) => cloud === "huawei")[1]?.keys[0];
    const accounts = JSON.stringify({
        partner: { accessKeyId: partner?.accessKeyId, accessKeySecret: partner?.accessKeySecret },
    });
    await stack.setConfig("machine-images:accounts", { value: accounts, secret: true });

    const objects = () => sim.registry.objects().map(({ kind, id }) => `${kind} ${id}`);
    const before = new Set(objects());
    let program: PulumiFn = args.program;
    let seen = 0;

    async function run(
        operation: (onEvent: (event: EngineEvent) => void, onOutput: (text: string) => void) => Promise<unknown>,
    ): Promise<Outcome> {
        const operations: Record<string, string> = {};
        let summary: Record<string, number> = {};
        let output = "";
        const onEvent = (event: EngineEvent) => {
            const { urn = "", op = "" } = event.resourcePreEvent?.metadata ?? {};
            const resource = urn.split("::").at(-1) ?? "";
            // A replacement consists of several steps, of which only "replace" counts.
            const isPartOfReplace = operations[resource] === "replace";
            if (urn.includes("machine-images:") && !isPartOfReplace) operations[resource] = op;
            if (event.summaryEvent) summary = event.summaryEvent.resourceChanges;
        };
        try {
            await operation(onEvent, (text) => {
                output += text;
            });
        } catch (error) {
            // The engine's output, without the stack trace of the Automation API.
            throw new Error(output, { cause: error });
        }
        return { summary, operations, output };
    }

    const plugins = () => readdirSync(join(folder, "pids")).map((file) => Number.parseInt(file, 10));
    const asked = async (action: string) => {
        const from = sim.calls.list().at(-1)?.seq ?? 0;
        while (!sim.calls.list(from).some((call) => call.action === action)) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
    };
    const isChange = ({ action, outcome }: LoggedCall) => outcome === "ok" && !lookOnly.test(action);
    const killPlugin = () => {
        for (const pid of plugins()) killIfAlive(pid);
    };

    async function stored(): Promise<Stored[]> {
        return (await stack.exportStack()).deployment.resources ?? [];
    }

    async function command(...words: string[]): Promise<void> {
        const { pulumiCommand, envVars } = stack.workspace;
        const env = { ...process.env, ...envVars };
        await execute(pulumiCommand.command, [...words, "--non-interactive"], { cwd: folder, env });
    }

    /** The URNs of the stack's resources with these names. */
    async function urnsOf(names: readonly string[] | undefined): Promise<string[] | undefined> {
        if (!names) return undefined;
        const resources = await stored();
        return resources.map(({ urn }) => urn).filter((urn) => names.includes(urn.split("::").at(-1) ?? ""));
    }

    return {
        stack,
        simulator,
        folder,
        asked,
        plugins: () => plugins().filter(isAlive),
        use: (next) => {
            program = next;
        },
        up: (names, { refresh, replace } = {}) =>
            run(async (onEvent, onOutput) =>
                stack.up({
                    program,
                    onEvent,
                    onOutput,
                    refresh,
                    target: await urnsOf(names),
                    replace: replace === undefined ? undefined : await urnsOf([replace]),
                }),
            ),
        preview: () => run((onEvent, onOutput) => stack.preview({ program, onEvent, onOutput })),
        refresh: () => run((onEvent, onOutput) => stack.refresh({ onEvent, onOutput })),
        destroy: (names) =>
            run(async (onEvent, onOutput) => stack.destroy({ onEvent, onOutput, target: await urnsOf(names) })),
        changes: () => {
            const calls = sim.calls.list(seen);
            seen = calls.at(-1)?.seq ?? seen;
            return calls.filter(isChange).map(({ action }) => action);
        },
        calls: () => sim.calls.list(),
        left: () => objects().filter((held) => !before.has(held)),
        urns: async (type) => {
            const resources = await stored();
            return resources.filter((resource) => resource.type.endsWith(`:${type}`)).map(({ urn }) => urn);
        },
        time,
        killPluginAfter: async (action) => {
            await asked(action);
            killPlugin();
        },
        stored,
        killPluginAfterChange: (k, killed, isEngineToo = false) => {
            let changes = 0;
            const stopListening = sim.calls.subscribe((call) => {
                if (!isChange(call) || ++changes < k) return;
                stopListening();
                // Kills the engine first, so that it does not notice the end of the plugin.
                if (isEngineToo) for (const engine of enginesOf(plugins())) killIfAlive(engine);
                killPlugin();
                killed();
            });
            return stopListening;
        },
        rename: async (name) => {
            await stack.rename({ stackName: name });
        },
        renameResource: async (name, to) => {
            const [urn = ""] = (await urnsOf([name])) ?? [];
            await command("state", "rename", urn, to, "--yes", "--stack", stack.name);
        },
        moveTo: async (other, names) => {
            const urns = (await urnsOf(names)) ?? [];
            const [from, to] = [stack.name, other.stack.name];
            await command("state", "move", "--yes", "--source", from, "--dest", to, ...urns);
        },
        close: async () => {
            time.stop();
            if (!beside) await simulator.close();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

interface EngineEvent {
    resourcePreEvent?: { metadata: { urn: string; op: string } };
    summaryEvent?: { resourceChanges: Record<string, number> };
}

/** The engine processes that started these plugins. */
function enginesOf(plugins: readonly number[]): number[] {
    return plugins.filter(isAlive).flatMap((pid) => {
        const parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
        return parent === undefined ? [] : [Number(parent)];
    });
}

function isAlive(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}

function killIfAlive(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch {
        // The process has already ended.
    }
}

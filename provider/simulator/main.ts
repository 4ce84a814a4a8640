import "./youngGeneration";
import { parseArgs } from "node:util";
import { UsageError, UserError } from "./core/refusal";
import { type RunningSimulator, type SimulatorOptions, startSimulator } from "./index";
import { readFaults } from "./worlds/faultFile";
import { namedWorlds } from "./worlds/namedWorlds";
import { defaultWorld, readWorld, type World, withLag } from "./worlds/world";

/** What `machine-images simulate --help` prints. */
export const simulateHelp = `machine-images simulate: serves both simulated clouds on this machine until SIGTERM

  --port N              port to listen on; 0 chooses a free one (default 0)
  --host ADDRESS        address to listen on (default 127.0.0.1, this machine only)
  --data FILE           keep the state in FILE, across restarts (default: memory)
  --memory              keep the state in memory
  --seed N              of a new simulation: same seed and same requests, same answers (default 1)
  --clock CLOCK         real | scaled:N | auto (time jumps when polled) | frozen (default: what FILE had, else real)
  --profile PROFILE     Huawei full-server images as of csbs or cbr (default cbr)
  --faults FILE         what goes wrong on purpose, YAML or JSON: a list of rules
  --quota NAME=VALUE    sets a limit, for example alibaba.swas.callsPerMinute=10; may be repeated
  --lag SECONDS         how long lists miss new objects of Alibaba Cloud, images and shares of Huawei's (default 0)
  --log                 write every call to standard error, a line of JSON each
  --world FILE          what a new simulation begins with, YAML or JSON, or "empty": accounts without servers
                        (default: two accounts for each cloud, with servers)

When ready, prints one line of JSON: url, adminToken, accounts with their keys, users, projects and regions.
`;

function wholeNumber(name: string, text: string | undefined, largest: number): number | undefined {
    if (text === undefined) return undefined;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= largest) return value;
    throw new UserError(`--${name} ${text} is not possible: give a whole number from 0 to ${largest}`);
}

function readOptions(argv: string[]) {
    try {
        return parseArgs({
            args: argv,
            options: {
                port: { type: "string" },
                host: { type: "string" },
                data: { type: "string" },
                memory: { type: "boolean" },
                seed: { type: "string" },
                clock: { type: "string" },
                profile: { type: "string" },
                world: { type: "string" },
                faults: { type: "string" },
                quota: { type: "string", multiple: true },
                lag: { type: "string" },
                log: { type: "boolean" },
                help: { type: "boolean", short: "h" },
            },
        }).values;
    } catch (error) {
        const [reason] = (error instanceof Error ? error.message : String(error)).split(/\.?\n/);
        throw new UserError(`${reason}; see machine-images simulate --help`);
    }
}

function readQuota(text: string): [name: string, value: number] {
    const [name = "", value] = text.split("=");
    if (value === undefined) throw new UserError(`--quota ${text} is not possible: write NAME=VALUE`);
    return [name, wholeNumber(`quota ${name}`, value, Number.MAX_SAFE_INTEGER) ?? 0];
}

function worldOf(text: string | undefined): World {
    if (text === undefined) return defaultWorld;
    return namedWorlds.find(({ name }) => name === text)?.world ?? readWorld(text);
}

/** Starts with what the command line says; whatever of it cannot be is a usage error. */
async function startAsTold(given: ReturnType<typeof readOptions>): Promise<RunningSimulator> {
    if (given.data !== undefined && given.memory) {
        throw new UserError("--data and --memory exclude each other: choose one");
    }
    const { profile } = given;
    if (profile !== undefined && profile !== "csbs" && profile !== "cbr") {
        throw new UserError(`--profile ${profile} is not known: use csbs or cbr`);
    }
    const world = worldOf(given.world);
    const lag = wholeNumber("lag", given.lag, 3600);
    const options: SimulatorOptions = {
        port: wholeNumber("port", given.port, 65_535),
        host: given.host,
        data: given.data,
        seed: wholeNumber("seed", given.seed, 2 ** 31),
        clock: given.clock,
        profile,
        world: lag === undefined ? world : withLag(world, lag),
        faults: given.faults === undefined ? undefined : readFaults(given.faults),
        quotas: Object.fromEntries((given.quota ?? []).map(readQuota)),
    };
    const simulator = await startSimulator(options);
    if (given.host !== undefined && !/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(given.host)) {
        process.stderr.write(`machine-images: ${given.host} may be reached from other machines; anybody who\n`);
        process.stderr.write("  knows a simulated key can change the simulated clouds\n");
    }
    return simulator;
}

/** The command: serves until SIGTERM or SIGINT, then closes cleanly. */
export async function simulate(argv: string[]): Promise<void> {
    let simulator: RunningSimulator;
    let isLogged: boolean | undefined;
    try {
        const given = readOptions(argv);
        if (given.help) return void process.stdout.write(simulateHelp);
        isLogged = given.log;
        simulator = await startAsTold(given);
    } catch (error) {
        throw error instanceof UserError ? new UsageError(error.message, { cause: error }) : error;
    }
    const { url, adminToken, accounts, sim } = simulator;
    if (isLogged) sim.calls.subscribe((call) => process.stderr.write(`${JSON.stringify(call)}\n`));
    process.stdout.write(`${JSON.stringify({ url, adminToken, accounts })}\n`);
    await new Promise<void>((resolve) => {
        process.once("SIGTERM", () => resolve());
        process.once("SIGINT", () => resolve());
    });
    await simulator.close();
}

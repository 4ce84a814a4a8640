import "./heapTuning";
import { UsageError, UserError } from "./core/apiError";
import { type RunningSimulator, type SimulatorOptions, startSimulator } from "./index";
import { readFaults } from "./worlds/faultFile";
import { namedWorlds } from "./worlds/namedWorlds";
import { defaultWorld, readWorld, type World, withLag } from "./worlds/world";

/** The options of `machine-images simulate`. */
export interface GivenOptions {
    port?: string;
    host?: string;
    data?: string;
    memory?: boolean;
    seed?: string;
    clock?: string;
    profile?: string;
    world?: string;
    faults?: string;
    /** Each is "NAME=VALUE". */
    quota?: string[];
    lag?: string;
    log?: boolean;
}

function wholeNumber(name: string, text: string | undefined, largest: number): number | undefined {
    if (text === undefined) return undefined;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= largest) return value;
    throw new UserError(`invalid value "${text}" for --${name}: use a whole number from 0 to ${largest}`);
}

function readQuota(text: string): [name: string, value: number] {
    const [name = "", value] = text.split("=");
    if (value === undefined) throw new UserError(`invalid value "${text}" for --quota: use NAME=VALUE`);
    return [name, wholeNumber(`quota ${name}`, value, Number.MAX_SAFE_INTEGER) ?? 0];
}

function worldOf(text: string | undefined): World {
    if (text === undefined) return defaultWorld;
    return namedWorlds.find(({ name }) => name === text)?.world ?? readWorld(text);
}

/** Starts the simulator with the options of the command line. @throws UserError for an invalid option */
async function startWithOptions(given: GivenOptions): Promise<RunningSimulator> {
    if (given.data !== undefined && given.memory) {
        throw new UserError("--data and --memory cannot be used together: use one of them");
    }
    const { profile } = given;
    if (profile !== undefined && profile !== "csbs" && profile !== "cbr") {
        throw new UserError(`invalid value "${profile}" for --profile: use csbs or cbr`);
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
        process.stderr.write(`machine-images: ${given.host} may be reachable from other machines; anyone who\n`);
        process.stderr.write("  knows a simulated key can change the simulated clouds\n");
    }
    return simulator;
}

/** The command `machine-images simulate`: serves until SIGTERM or SIGINT, then closes cleanly. */
export async function simulate(given: GivenOptions): Promise<void> {
    let simulator: RunningSimulator;
    try {
        simulator = await startWithOptions(given);
    } catch (error) {
        throw error instanceof UserError ? new UsageError(error.message, { cause: error }) : error;
    }
    const { url, adminToken, accounts, sim } = simulator;
    if (given.log) sim.calls.subscribe((call) => process.stderr.write(`${JSON.stringify(call)}\n`));
    process.stdout.write(`${JSON.stringify({ url, adminToken, accounts })}\n`);
    await new Promise<void>((resolve) => {
        process.once("SIGTERM", () => resolve());
        process.once("SIGINT", () => resolve());
    });
    await simulator.close();
}

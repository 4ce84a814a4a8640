import { join } from "node:path";
import { engineEnv, ensureEngine } from "../../../provider/dist/engine/index.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { account, roomy, worldOf } from "../../fleetWorld.ts";
import { type Spread, spreadOf } from "../simulator/statistics.ts";
import { EngineRuns, type Operation, operations } from "./engineRuns.ts";
import { floorProject, ourProject, type Project } from "./projects.ts";

/**
 * The durations of operations on this many resources, in milliseconds: the provider's and those that do nothing,
 * alternately.
 */
export interface FloorMeasure {
    readonly size: number;
    readonly operation: Operation;
    readonly ours: Spread;
    readonly floor: Spread;
}

export interface Stored {
    readonly what: string;
    readonly bytes: number;
}

/** A cloud whose work takes no time. */
function instantCloud(): Promise<RunningSimulator> {
    const durations = { snapshot: 0, customImage: 0, customImageCopy: 0 };
    return startSimulator({ world: worldOf(50, 50, durations), quotas: { ...roomy } });
}

const configFor = (simulator: RunningSimulator): Record<string, string> => ({
    "machine-images:endpoint": simulator.url,
    "machine-images:alibabaAccessKeyId": account.key,
    "machine-images:alibabaAccessKeySecret": account.secret,
});

export async function engineRuns(): Promise<EngineRuns> {
    const { home } = await ensureEngine({ log: (line) => console.error(line) });
    return new EngineRuns(engineEnv(process.env, home));
}

/** Runs the operations with the provider and with the floor alternately, after an uncounted warm-up. */
export async function measureFloor(
    runs: EngineRuns,
    folder: string,
    size: number,
    rounds: number,
): Promise<FloorMeasure[]> {
    const simulator = await instantCloud();
    try {
        const ours = ourProject(folder, size, configFor(simulator));
        const floor = floorProject(folder, size);
        for (const project of [ours, floor]) await runs.open(project);
        const times = new Map<string, number[]>();
        const timed = async (project: Project, operation: Operation) => {
            const key = `${project.name} ${operation}`;
            times.set(key, [...(times.get(key) ?? []), await runs.time(project, operation)]);
        };
        for (let round = 0; round < rounds; round++) {
            for (const operation of operations) {
                const order = round % 2 === 0 ? [floor, ours] : [ours, floor];
                for (const project of order) await timed(project, operation);
            }
        }
        const spread = (project: Project, operation: Operation) =>
            spreadOf(times.get(`${project.name} ${operation}`) ?? []);
        return operations.map((operation) => ({
            size,
            operation,
            ours: spread(ours, operation),
            floor: spread(floor, operation),
        }));
    } finally {
        await simulator.close();
    }
}

/** The content of the state file for an image with two tags and one copy. */
export async function measureState(runs: EngineRuns, folder: string): Promise<Stored[]> {
    const simulator = await instantCloud();
    try {
        const project = ourProject(join(folder, "state-size"), 1, configFor(simulator), ["cn-shanghai"]);
        await runs.open(project);
        await runs.time(project, "up");
        const stored = await runs.stored(project);
        return ["CustomImage", "ImageCopy"].map((type) => ({
            what: type,
            bytes: stored.find((resource) => resource.type.endsWith(`:${type}`))?.bytes ?? Number.NaN,
        }));
    } finally {
        await simulator.close();
    }
}

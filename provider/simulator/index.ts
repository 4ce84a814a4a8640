/**
 * The clouds, simulated: the one door to the simulator. Nothing outside imports more than this, and everything that
 * uses it speaks to it over HTTP.
 *
 * @module
 */
import "pulumi-machine-images/node-version";

import { randomBytes } from "node:crypto";
import { adminPath, answerAdmin } from "./admin";
import { alibabaCloud } from "./alibaba";
import { parseClock } from "./core/clock";
import type { AccountSummary } from "./core/cloud";
import type { Fault } from "./core/faultRules";
import { machineClock } from "./core/machineClock";
import { Simulation } from "./core/simulation";
import { clearState } from "./core/stateDump";
import { jsonAnswer, type WireAnswer, type WireRequest } from "./core/wire";
import { grouped } from "./groups";
import { listen } from "./httpServer";
import { huaweiCloud } from "./huawei";
import type { ServerLimits } from "./requestLimits";
import { defaultWorld, type World } from "./worlds/world";

export { UserError } from "./core/apiError";
export type { LoggedCall } from "./core/callLog";
export type { AccountSummary } from "./core/cloud";
export type { Fault } from "./core/faultRules";
export type { ServerLimits } from "./requestLimits";
export { readWorld, type World } from "./worlds/world";

/** When the objects of a world were made, in every simulation alike: two new worlds hold exactly the same. */
const worldBegan = Date.parse("2025-12-01T00:00:00Z");

export interface SimulatorOptions {
    /** @default "127.0.0.1" */
    host?: string;
    /** @default 0, a free port */
    port?: number;
    /** The file that keeps the state; @default ":memory:" */
    data?: string;
    /** Of a new simulation; ids and chances follow from it. @default 1 */
    seed?: number;
    /** "real", "auto", "frozen" or "scaled:N". @default what the file had; of a new simulation, "real" */
    clock?: string;
    /** Which age of Huawei's full-server images is simulated. @default "cbr" */
    profile?: "csbs" | "cbr";
    /** What a new simulation begins with. @default the default world */
    world?: World;
    /** What goes wrong on purpose from the start. */
    faults?: readonly Fault[];
    /** Limits by name, "alibaba.swas.images". */
    quotas?: Readonly<Record<string, number>>;
    /** What one client may take. @default `serverLimits` of requestLimits.ts: room for any SDK */
    limits?: ServerLimits;
    /** Told about failures of the simulator itself. @default writes them to stderr */
    onError?: (error: unknown) => void;
}

export interface RunningSimulator {
    readonly url: string;
    /** For the paths under /_simulator, as `Authorization: Bearer`. */
    readonly adminToken: string;
    readonly accounts: readonly AccountSummary[];
    /** The state behind it, for embedding and tests. */
    readonly sim: Simulation;
    /** Puts the clouds back to the world that they began with: objects, jobs, faults, calls and ids; not time. */
    reset(): void;
    /** Ends every connection and leaves nothing behind but the data file, if one was named. May be called again. */
    close(): Promise<void>;
}

/** Opens the state without serving it: what `startSimulator` serves. */
export function openSimulation(options: SimulatorOptions): Simulation {
    const sim = new Simulation({
        path: options.data ?? ":memory:",
        seed: options.seed ?? 1,
        clock: options.clock === undefined ? undefined : parseClock(options.clock),
        ...machineClock,
        onBrokenStep: options.onError,
    });
    alibabaCloud.declareJobs(sim);
    huaweiCloud.declareJobs(sim);
    sim.quotas.declare([...alibabaCloud.quotas, ...huaweiCloud.quotas]);
    sim.database.transaction(() => {
        if (options.profile) sim.settings.set("huawei.profile", options.profile);
        for (const fault of options.faults ?? []) sim.faults.add(fault);
        for (const [name, value] of Object.entries(options.quotas ?? {})) sim.quotas.change(name, value);
        if (sim.settings.get<World>("world")) return;
        if (!options.profile) sim.settings.set("huawei.profile", "cbr");
        sim.settings.set("world", options.world ?? defaultWorld);
        seed(sim);
    });
    return sim;
}

/** Puts the simulation's world into it, as it was when everything began. */
function seed(sim: Simulation): void {
    const world = sim.settings.get<World>("world") ?? defaultWorld;
    sim.clock.at(worldBegan, () => {
        alibabaCloud.seed(sim, world.alibaba);
        huaweiCloud.seed(sim, world.huawei);
    });
}

function reset(sim: Simulation, world?: World): void {
    sim.database.transaction(() => {
        if (world) sim.settings.set("world", world);
        clearState(sim);
        sim.restartCounters();
        seed(sim);
    });
}

/** What a client reads when the simulator itself fails: both clouds' fields, so that every SDK finds its own. */
const failure = {
    Code: "InternalError",
    Message: "the simulator failed",
    error_code: "InternalError",
    error_msg: "the simulator failed",
};

function answer(sim: Simulation, request: WireRequest, adminToken: string): WireAnswer {
    if (request.path.startsWith(`${adminPath}/`)) {
        sim.catchUp();
        return answerAdmin(sim, request, { token: adminToken, reset: (world) => reset(sim, world) });
    }
    const cloud = [alibabaCloud, huaweiCloud].find((candidate) => candidate.claims(request));
    if (!cloud) return jsonAnswer(404, { message: `no simulated cloud serves ${request.method} ${request.path}` });
    sim.catchUp();
    return cloud.answer(sim, request);
}

/**
 * Starts both simulated clouds on a port of this machine, in this process: for tests of whatever speaks to the clouds.
 * Several may run at once; each has a port, a state and a clock of its own.
 *
 * @example
 * const simulator = await startSimulator({ clock: "auto" });
 * // point a client at simulator.url with the keys of simulator.accounts
 * simulator.reset(); // between tests
 * await simulator.close();
 *
 * @throws UserError when an option cannot be: an unknown clock or quota, a port that is taken, a file of another program
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
    const onError = options.onError ?? ((error: unknown) => console.error(error));
    const sim = openSimulation({ ...options, onError });
    const adminToken = randomBytes(24).toString("base64url");
    const groups = grouped({
        answer: (request) => answer(sim, request, adminToken),
        commit: (work) => sim.database.transaction(work),
        failure: jsonAnswer(500, failure),
        onError,
    });
    try {
        const server = await listen({
            host: options.host ?? "127.0.0.1",
            port: options.port ?? 0,
            answer: groups.answer,
            onError,
            limits: options.limits,
        });
        const close = async () => {
            await server.close();
            groups.end();
            sim.close();
        };
        let closed: Promise<void> | undefined;
        return {
            url: server.url,
            adminToken,
            accounts: [...alibabaCloud.accounts(sim), ...huaweiCloud.accounts(sim)],
            sim,
            reset: () => reset(sim),
            close: () => {
                closed ??= close();
                return closed;
            },
        };
    } catch (error) {
        sim.close();
        throw error;
    }
}

/**
 * Simulated clouds for tests: `startSimulator` serves Alibaba Cloud and Huawei Cloud on a local port over HTTP.
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

/** When the objects of a world were created. It is fixed, so that new worlds are identical in all simulations. */
const worldCreatedAt = Date.parse("2025-12-01T00:00:00Z");

/** The options of `startSimulator`. */
export interface SimulatorOptions {
    /** The address to listen on. @default "127.0.0.1" */
    host?: string;
    /** The port to listen on; 0 selects a free port. @default 0 */
    port?: number;
    /** The file that stores the state. @default ":memory:" */
    data?: string;
    /** The seed of a new simulation. It determines ids and random numbers. @default 1 */
    seed?: number;
    /** "real", "auto", "frozen" or "scaled:N". @default the clock stored in the file, or "real" for a new simulation */
    clock?: string;
    /** The backup service behind Huawei Cloud's full-server images. @default "cbr" */
    profile?: "csbs" | "cbr";
    /** The accounts and objects of a new simulation. @default the default world */
    world?: World;
    /** Fault rules that are active from the start. */
    faults?: readonly Fault[];
    /** Quotas by name, for example "alibaba.swas.images". */
    quotas?: Readonly<Record<string, number>>;
    /** Limits for each client. @default `serverLimits` of requestLimits.ts, sufficient for any SDK */
    limits?: ServerLimits;
    /** Called when the simulator itself fails. @default writes the error to stderr */
    onError?: (error: unknown) => void;
}

/** A started simulator. */
export interface RunningSimulator {
    /** The address of both clouds, for example "http://127.0.0.1:49152", without a trailing slash. */
    readonly url: string;
    /** The token for the admin API under /_simulator: send it as `Authorization: Bearer <adminToken>`. */
    readonly adminToken: string;
    /** The accounts of both clouds with their keys and regions. */
    readonly accounts: readonly AccountSummary[];
    /** The state of the simulated clouds, for embedding and tests. */
    readonly sim: Simulation;
    /**
     * Resets objects, jobs, faults, calls and ids to the world that the clouds started with. The clock is not reset.
     */
    reset(): void;
    /** Closes all connections and the data file. Can be called more than once. */
    close(): Promise<void>;
}

/** Opens the state without serving it. `startSimulator` serves it. */
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

/** Creates the objects of the simulation's world at its fixed start time. */
function seed(sim: Simulation): void {
    const world = sim.settings.get<World>("world") ?? defaultWorld;
    sim.clock.at(worldCreatedAt, () => {
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

/** The answer when the simulator itself fails. It has the fields of both clouds, so that every SDK can read it. */
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
 * Starts both simulated clouds in this process, on a port of this machine, to test programs that use the clouds. You
 * can start several; each has its own port, state and clock.
 *
 * @example
 * const simulator = await startSimulator({ clock: "auto" });
 * // point a client at simulator.url with the keys of simulator.accounts
 * simulator.reset(); // between tests
 * await simulator.close();
 *
 * @throws UserError for an invalid option: an unknown clock or quota, a port in use, a data file of another program
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

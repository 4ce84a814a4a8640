import { z } from "zod";
import { UserError } from "../core/apiError";
import { fault } from "../core/faultRules";
import { problemsOf } from "../core/problems";
import type { Simulation } from "../core/simulation";
import { dumpState, loadState, stateDump, stateHash } from "../core/stateDump";
import { decodedText } from "../core/textFiles";
import { namedWorlds, worldNamed } from "../worlds/namedWorlds";
import type { World } from "../worlds/world";
import { callPage, isAsked, readQuery } from "./callFilter";
import { metricsText } from "./metrics";

/** One operation of the admin API. */
export interface AdminRoute {
    readonly method: "GET" | "POST" | "DELETE";
    /** The part of the path after the prefix. */
    readonly path: string;
    readonly summary: string;
    /** `run` validates it. */
    readonly body?: z.ZodType;
    /** `run` validates it. */
    readonly query?: z.ZodObject;
    /** The content type of the answer. Default: JSON. */
    readonly contentType?: string;
    run(asked: AdminRequest): unknown;
}

export interface AdminRequest {
    readonly sim: Simulation;
    readonly query: URLSearchParams;
    readonly body: Buffer;
    /** Resets the clouds to the world that they started with. */
    readonly reset: (world?: World) => void;
}

/** Validates the body against the schema. @throws UserError that names every problem */
function read<T>(schema: z.ZodType<T>, body: Buffer): T {
    let value: unknown;
    try {
        value = JSON.parse(decodedText(body));
    } catch {
        throw new UserError("the body is not valid JSON");
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new UserError(problemsOf(parsed.error));
}

const yearMs = 31_622_400_000;
const advance = z.strictObject({ advanceMs: z.int().min(0).max(yearMs) });
const quotaChange = z.record(z.string(), z.int().min(0));
const worldChoice = z.strictObject({ name: z.string() });
const oneOrMoreFaults = z.union([z.array(fault), fault]);

function clockOf(sim: Simulation) {
    return { now: new Date(sim.clock.now()).toISOString(), ...sim.clock.mode, pendingJobs: sim.pendingJobs };
}

export const adminRoutes: readonly AdminRoute[] = [
    {
        method: "GET",
        path: "/health",
        summary: "Reports whether the state can be read",
        run: ({ sim }) => ({ status: "ok", seed: sim.ids.seed, ...clockOf(sim) }),
    },
    {
        method: "GET",
        path: "/calls",
        summary: "Lists requests and asynchronous steps in order",
        query: callPage,
        run: ({ sim, query }) => {
            const { after, limit, ...wanted } = readQuery(callPage, query);
            return { calls: sim.calls.list(after, limit, (call) => isAsked(call, wanted)) };
        },
    },
    {
        method: "GET",
        path: "/holdings",
        summary: "Lists the objects in the simulated clouds",
        run: ({ sim }) => ({ holdings: sim.registry.objects() }),
    },
    { method: "GET", path: "/clock", summary: "Shows the virtual time", run: ({ sim }) => clockOf(sim) },
    {
        method: "POST",
        path: "/clock",
        summary: "Moves the virtual time forward, by at most one year",
        body: advance,
        run: ({ sim, body }) => {
            sim.advance(read(advance, body).advanceMs);
            return clockOf(sim);
        },
    },
    {
        method: "GET",
        path: "/faults",
        summary: "Lists the fault rules and how often each one matched",
        run: ({ sim }) => ({ faults: sim.faults.list() }),
    },
    {
        method: "POST",
        path: "/faults",
        summary: "Adds a fault rule, or an array of fault rules",
        body: oneOrMoreFaults,
        run: ({ sim, body }) => {
            const given = read(oneOrMoreFaults, body);
            for (const errorRule of Array.isArray(given) ? given : [given]) sim.faults.add(errorRule);
            return { faults: sim.faults.list() };
        },
    },
    {
        method: "DELETE",
        path: "/faults",
        summary: "Deletes all fault rules",
        run: ({ sim }) => {
            sim.faults.clear();
            return { faults: [] };
        },
    },
    {
        method: "GET",
        path: "/quotas",
        summary: "Lists the quotas in force",
        run: ({ sim }) => ({ quotas: sim.quotas.list() }),
    },
    {
        method: "POST",
        path: "/quotas",
        summary: "Sets quotas by name",
        body: quotaChange,
        run: ({ sim, body }) => {
            for (const [name, value] of Object.entries(read(quotaChange, body))) sim.quotas.change(name, value);
            return { quotas: sim.quotas.list() };
        },
    },
    {
        method: "GET",
        path: "/state",
        summary: "Dumps the objects and scheduled jobs of the clouds",
        run: ({ sim }) => dumpState(sim.database),
    },
    {
        method: "POST",
        path: "/state",
        summary: "Replaces the objects and scheduled jobs of the clouds with a dump",
        body: stateDump,
        run: ({ sim, body }) => {
            loadState(sim, read(stateDump, body));
            return { hash: stateHash(sim.database) };
        },
    },
    {
        method: "GET",
        path: "/state/hash",
        summary: "Computes a hash that is equal for equal states",
        run: ({ sim }) => ({ hash: stateHash(sim.database) }),
    },
    {
        method: "POST",
        path: "/reset",
        summary: "Resets the clouds to the world that they started with",
        run: ({ sim, reset }) => {
            reset();
            return { hash: stateHash(sim.database) };
        },
    },
    {
        method: "GET",
        path: "/worlds",
        summary: "Lists the worlds that the clouds can start with",
        run: () => ({ worlds: namedWorlds.map(({ name, what }) => ({ name, what })) }),
    },
    {
        method: "POST",
        path: "/worlds",
        summary: "Resets the clouds to the named world, which later resets also use",
        body: worldChoice,
        run: ({ sim, body, reset }) => {
            reset(worldNamed(read(worldChoice, body).name));
            return { hash: stateHash(sim.database) };
        },
    },
    {
        method: "GET",
        path: "/metrics",
        summary: "Exports counters in the Prometheus text format",
        contentType: "text/plain; version=0.0.4",
        run: ({ sim }) => metricsText(sim),
    },
];

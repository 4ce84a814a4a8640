import { kind, type Scope } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Server, serverKind } from "./models";

interface ServerStep {
    readonly serverId: string;
    /** The status that the server reaches. */
    readonly status: Server["status"];
    /** The status after a fault. */
    readonly otherwise: Server["status"];
}

const serverStep = kind<ServerStep>("alibaba.server.step");

export function stepServer(sim: Simulation, scope: Scope, afterMs: number, step: ServerStep): void {
    sim.schedule(serverStep, scope, afterMs, step);
}

export function declareServerJobs(sim: Simulation): void {
    sim.onJob(serverStep, ({ store, body, failure }) => {
        const status = failure === undefined ? body.status : body.otherwise;
        store.change(serverKind, body.serverId, { status });
        if (status === "Starting") startServer(sim, store.scope, body.serverId);
    });
}

/** Changes from Starting to Running. After a fault, the server is Stopped. */
export function startServer(sim: Simulation, scope: Scope, serverId: string): void {
    stepServer(sim, scope, durationOf(sim, "serverStart"), { serverId, status: "Running", otherwise: "Stopped" });
}

import { kind, type Scope } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type EcsInstance, ecsInstanceKind } from "./models";

interface InstanceStep {
    readonly instanceId: string;
    /** The status that the instance reaches. */
    readonly status: EcsInstance["status"];
    /** The status after a fault. */
    readonly otherwise: EcsInstance["status"];
}

const instanceStep = kind<InstanceStep>("alibaba.ecsInstance.step");

export function stepInstance(sim: Simulation, scope: Scope, afterMs: number, step: InstanceStep): void {
    sim.schedule(instanceStep, scope, afterMs, step);
}

export function declareInstanceJobs(sim: Simulation): void {
    sim.onJob(instanceStep, ({ store, body, failure }) => {
        const status = failure === undefined ? body.status : body.otherwise;
        store.change(ecsInstanceKind, body.instanceId, { status });
        if (status === "Starting") startInstance(sim, store.scope, body.instanceId);
    });
}

/** Changes from Starting to Running. After a fault, the instance is Stopped. */
export function startInstance(sim: Simulation, scope: Scope, instanceId: string): void {
    const after = durationOf(sim, "ecsInstanceStart");
    stepInstance(sim, scope, after, { instanceId, status: "Running", otherwise: "Stopped" });
}

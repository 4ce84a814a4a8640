import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import type { Caller } from "../gateway/operation";
import { newId } from "../ids";
import { runInGuest } from "./guestCommands";
import { diskKind, type OsType, serverKind } from "./models";

export const commandTypes = ["RunShellScript", "RunPowerShellScript", "RunBatScript"] as const;
export type CommandType = (typeof commandTypes)[number];

/** The run of a command on one server. */
export interface Run {
    readonly serverId: string;
    /** Absent while it is running. */
    readonly result?: {
        readonly finishedAt: number;
        readonly exitCode: number;
        readonly output: string;
        /** Why the command did not run. */
        readonly error?: { readonly code: string; readonly info: string };
    };
}

/** A command that was sent to servers. */
export interface Invocation {
    /** "" for a command that was not saved. */
    readonly commandId: string;
    readonly name: string;
    readonly description: string;
    readonly type: CommandType;
    /** The text with the values of its custom parameters. */
    readonly content: string;
    readonly parameters: Readonly<Record<string, string>>;
    /** "" for the default user: root or System. */
    readonly user: string;
    readonly workingDir: string;
    readonly timeoutSeconds: number;
    readonly startedAt: number;
    readonly runs: readonly Run[];
}

export const invocationKind = kind<Invocation>("alibaba.invocation", { isRecord: true });
const commandDone = kind<{ invokeId: string; serverId: string }>("alibaba.command.done");

/** Sends a command to servers of the caller. Returns the id of the invocation. */
export function invoke(caller: Caller, serverIds: readonly string[], command: Omit<Invocation, "runs" | "startedAt">) {
    const { sim, store, scope, now } = caller;
    const invokeId = newId(sim, "t", caller.region);
    const runs = serverIds.map((serverId) => ({ serverId }));
    store.put(invocationKind, invokeId, { ...command, startedAt: now, runs });
    for (const serverId of serverIds) {
        sim.schedule(commandDone, scope, durationOf(sim, "command"), { invokeId, serverId });
    }
    return invokeId;
}

function isApplicable(type: CommandType, osType: OsType): boolean {
    return (type === "RunShellScript") === (osType === "Linux");
}

/** The error of ECS for a script for another operating system (DescribeInvocationResults). */
const notApplicable = {
    exitCode: 0,
    output: "",
    error: { code: "CommandNotApplicable", info: "The command is not applicable to the instance." },
};

export function declareCommandJobs(sim: Simulation): void {
    sim.onJob(commandDone, ({ sim: { clock }, store, body: { invokeId, serverId }, failure }) => {
        const invocation = store.get(invocationKind, invokeId);
        const server = store.get(serverKind, serverId);
        if (!invocation || !server) return;
        const { osType, guest } = server;
        const answered = (): Omit<NonNullable<Run["result"]>, "finishedAt"> => {
            if (failure !== undefined) return { exitCode: 1, output: failure };
            if (!isApplicable(invocation.type, osType)) return notApplicable;
            const disks = store.list(diskKind).filter(({ value }) => value.serverId === serverId);
            return runInGuest({ osType, guest, hasDataDisk: disks.length > 1 }, invocation.content);
        };
        const result = { ...answered(), finishedAt: clock.now() };
        const runs = invocation.runs.map((run) => (run.serverId === serverId ? { serverId, result } : run));
        store.change(invocationKind, invokeId, { runs });
    });
}

/** The status on one server (DescribeInvocationResult, SDK 4.0.0). */
export function runStatus({ result }: Run): "Running" | "Invalid" | "Success" | "Failed" {
    if (!result) return "Running";
    if (result.error) return "Invalid";
    return result.exitCode === 0 ? "Success" : "Failed";
}

/** The status on all servers (DescribeCommandInvocations, SDK 4.0.0). */
export function overallStatus({ runs }: Invocation): "Running" | "Success" | "Failed" | "PartialFailed" {
    const statuses = runs.map(runStatus);
    if (statuses.includes("Running")) return "Running";
    if (!statuses.includes("Success")) return "Failed";
    return statuses.every((status) => status === "Success") ? "Success" : "PartialFailed";
}

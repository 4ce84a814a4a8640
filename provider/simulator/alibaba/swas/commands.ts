import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { id, integer, required, text, withDefault } from "../gateway/parameters";
import { newId } from "../ids";
import { refusal } from "../rule";
import { isoSeconds } from "../times";
import { runInGuest } from "./guestCommands";
import { diskKind, serverKind } from "./holdings";
import { needStatus, serverOf } from "./lookup";
import { swasRules } from "./swasRules";

interface Invocation {
    readonly serverId: string;
    readonly content: string;
    readonly user: string;
    readonly startedAt: number;
    /** Absent while it runs. */
    readonly result?: { readonly finishedAt: number; readonly exitCode: number; readonly output: string };
}

const invocationKind = kind<Invocation>("alibaba.invocation", { isRecord: true });
const commandDone = kind<{ invokeId: string }>("alibaba.command.done");

export function declareCommandJobs(sim: Simulation): void {
    sim.onJob(commandDone, ({ sim: { clock }, shelf, body, failure }) => {
        const invocation = shelf.get(invocationKind, body.invokeId);
        const server = invocation && shelf.get(serverKind, invocation.serverId);
        if (!invocation || !server) return;
        const disks = shelf.list(diskKind).filter(({ value }) => value.serverId === invocation.serverId);
        const { osType, guest } = server;
        const answer =
            failure === undefined
                ? runInGuest({ osType, guest, hasDataDisk: disks.length > 1 }, invocation.content)
                : { exitCode: 1, output: failure };
        shelf.change(invocationKind, body.invokeId, { result: { ...answer, finishedAt: clock.now() } });
    });
}

export const commandOperations = [
    operation({
        name: "RunCommand",
        parameters: {
            RegionId: required(text()),
            InstanceId: required(id),
            Name: required(text()),
            Type: required(text({ values: ["RunShellScript", "RunPowerShellScript", "RunBatScript"] })),
            CommandContent: required(text()),
            Timeout: integer({ min: 10, max: 86_400 }),
            WorkingUser: withDefault(text(), ""),
        },
        run: (caller, asked) => {
            const server = serverOf(caller, asked.InstanceId);
            needStatus(server, "Running");
            const invokeId = newId(caller.sim, "t", caller.region);
            caller.shelf.put(invocationKind, invokeId, {
                serverId: asked.InstanceId,
                content: asked.CommandContent,
                user: asked.WorkingUser || (server.osType === "Windows" ? "System" : "root"),
                startedAt: caller.now,
            });
            caller.sim.schedule(commandDone, caller.scope, durationOf(caller.sim, "command"), { invokeId });
            return { InvokeId: invokeId };
        },
    }),
    operation({
        name: "DescribeInvocationResult",
        reads: true,
        parameters: { RegionId: required(text()), InstanceId: required(id), InvokeId: required(id) },
        run: ({ shelf }, { InstanceId, InvokeId }) => {
            const invocation = shelf.get(invocationKind, InvokeId);
            if (!invocation || invocation.serverId !== InstanceId) throw refusal(swasRules.unknownInvocation);
            const { result } = invocation;
            return {
                InvocationResult: {
                    InstanceId,
                    InvocationStatus: result ? (result.exitCode === 0 ? "Success" : "Failed") : "Running",
                    InvokeId,
                    ExitCode: result?.exitCode ?? 0,
                    Output: Buffer.from(result?.output ?? "").toString("base64"),
                    ErrorCode: "",
                    ErrorInfo: "",
                    StartTime: isoSeconds(invocation.startedAt),
                    FinishedTime: result ? isoSeconds(result.finishedAt) : "",
                    InvokeRecordStatus: result ? "Finished" : "Running",
                    InvokeUser: invocation.user,
                },
            };
        },
    }),
];

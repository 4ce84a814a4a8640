import { kind } from "../../core/kinds";
import { refusal } from "../../core/rule";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { id, integer, jsonList, required, text, withDefault } from "../gateway/parameters";
import { newId } from "../ids";
import { isoSeconds } from "../times";
import { runInGuest } from "./guestCommands";
import { diskKind, serverKind } from "./holdings";
import { needStatus, onServer, regionOfServer, serverOf } from "./lookup";
import { swasRules } from "./swasRules";

interface Invocation {
    readonly serverId: string;
    readonly name: string;
    readonly type: string;
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

function invocationStatus({ result }: Invocation): string {
    if (!result) return "Running";
    return result.exitCode === 0 ? "Success" : "Failed";
}

/** Of the command as a whole: "Finished" is its success (DescribeInvocations, SDK 4.0.0). */
function invokeStatus({ result }: Invocation): string {
    if (!result) return "Running";
    return result.exitCode === 0 ? "Finished" : "Failed";
}

export const commandOperations = [
    operation({
        name: "RunCommand",
        locate: regionOfServer,
        parameters: {
            ...onServer,
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
                name: asked.Name,
                type: asked.Type,
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
        locate: regionOfServer,
        parameters: { ...onServer, InvokeId: required(id) },
        run: ({ shelf }, { InstanceId, InvokeId }) => {
            const invocation = shelf.get(invocationKind, InvokeId);
            if (!invocation || invocation.serverId !== InstanceId) throw refusal(swasRules.unknownInvocation);
            const { result } = invocation;
            return {
                InvocationResult: {
                    InstanceId,
                    InvocationStatus: invocationStatus(invocation),
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
    operation({
        name: "DescribeInvocations",
        reads: true,
        locate: regionOfServer,
        parameters: {
            ...onServer,
            InvokeStatus: text({ values: ["Running", "Finished", "Failed", "Stopped"] }),
            ...pageParameters(50),
        },
        run: (caller, asked) => {
            serverOf(caller, asked.InstanceId);
            const found = caller.shelf
                .list(invocationKind)
                .filter(({ value }) => value.serverId === asked.InstanceId)
                .filter(({ value }) => [undefined, invokeStatus(value)].includes(asked.InvokeStatus));
            const { items, paging } = pageOf(found, asked);
            return {
                ...paging,
                Invocations: items.map(({ id: invokeId, value }) => ({
                    InvokeId: invokeId,
                    CommandName: value.name,
                    CommandType: value.type,
                    CommandContent: Buffer.from(value.content).toString("base64"),
                    Parameters: {},
                    CreationTime: isoSeconds(value.startedAt),
                    InvocationStatus: invocationStatus(value),
                    InvokeStatus: invokeStatus(value),
                })),
            };
        },
    }),
    operation({
        name: "DescribeCloudAssistantStatus",
        reads: true,
        parameters: {
            RegionId: required(text()),
            InstanceIds: jsonList({ max: 50, isId: true }),
            ...pageParameters(50),
        },
        // Servers come with the client, and nothing here uninstalls it.
        run: ({ shelf }, asked) => {
            const found = shelf.list(serverKind).filter((server) => asked.InstanceIds?.includes(server.id) ?? true);
            const { items, paging } = pageOf(found, asked);
            return {
                ...paging,
                CloudAssistantStatus: items.map((server) => ({ InstanceId: server.id, Status: true })),
            };
        },
    }),
];

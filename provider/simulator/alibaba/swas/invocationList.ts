import { apiError } from "../../core/errorRule";
import type { Placed } from "../../core/kinds";
import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { id, oneOf, required, text } from "../gateway/parameters";
import { firstRegionOf } from "../locations";
import { isoSeconds } from "../times";
import { commandTypes, type Invocation, invocationKind, overallStatus, type Run, runStatus } from "./invocations";
import { onServer, regionOfServer, serverOf } from "./lookup";
import { type OsType, serverKind } from "./models";
import { regionOfCommand } from "./savedCommands";
import { swasRules } from "./swasRules";

/** The user as lists show it: the default user of the system if none was named. */
function shownUser(user: string, osType: OsType | undefined): string {
    return user || (osType === "Windows" ? "System" : "root");
}

function base64(content: string): string {
    return Buffer.from(content).toString("base64");
}

/** The status of the command as a whole: "Finished" means success (DescribeInvocations, SDK 4.0.0). */
function invokeStatus(run: Run): "Running" | "Finished" | "Failed" {
    const status = runStatus(run);
    if (status === "Running") return status;
    return status === "Success" ? "Finished" : "Failed";
}

function resultOf({ result }: Run) {
    return {
        ExitCode: result?.exitCode ?? 0,
        Output: base64(result?.output ?? ""),
        ErrorCode: result?.error?.code ?? "",
        ErrorInfo: result?.error?.info ?? "",
    };
}

/** The invocations that included the server, each with its run on that server. */
function runsOn(all: readonly Placed<Invocation>[], serverId: string) {
    return all.flatMap(({ id: invokeId, value }) =>
        value.runs.filter((run) => run.serverId === serverId).map((run) => ({ invokeId, value, run })),
    );
}

export const invocationListOperations = [
    operation({
        name: "DescribeInvocationResult",
        reads: true,
        locate: regionOfServer,
        parameters: { ...onServer, InvokeId: required(id) },
        run: ({ store }, { InstanceId, InvokeId }) => {
            const invocation = store.get(invocationKind, InvokeId);
            const run = invocation?.runs.find(({ serverId }) => serverId === InstanceId);
            if (!invocation || !run) throw apiError(swasRules.unknownInvocation);
            const { result } = run;
            return {
                InvocationResult: {
                    InstanceId,
                    InvokeId,
                    InvocationStatus: runStatus(run),
                    ...resultOf(run),
                    StartTime: isoSeconds(invocation.startedAt),
                    FinishedTime: result ? isoSeconds(result.finishedAt) : "",
                    InvokeRecordStatus: result ? "Finished" : "Running",
                    InvokeUser: shownUser(invocation.user, store.get(serverKind, InstanceId)?.osType),
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
            InvokeStatus: oneOf(["Running", "Finished", "Failed", "Stopped"]),
            ...pageParameters(50),
        },
        run: (caller, params) => {
            serverOf(caller, params.InstanceId);
            const found = runsOn(caller.store.list(invocationKind), params.InstanceId).filter(
                ({ run }) => params.InvokeStatus === undefined || invokeStatus(run) === params.InvokeStatus,
            );
            const { items, paging } = pageOf(found, params);
            return {
                ...paging,
                Invocations: items.map(({ invokeId, value, run }) => ({
                    InvokeId: invokeId,
                    CommandName: value.name,
                    CommandType: value.type,
                    CommandContent: base64(value.content),
                    Parameters: value.parameters,
                    CreationTime: isoSeconds(value.startedAt),
                    InvocationStatus: runStatus(run),
                    InvokeStatus: invokeStatus(run),
                })),
            };
        },
    }),
    operation({
        name: "DescribeCommandInvocations",
        reads: true,
        locate: firstRegionOf(regionOfServer, regionOfCommand),
        parameters: {
            RegionId: required(text()),
            InvokeId: id,
            CommandId: id,
            // Ignored together with InstanceId (SDK 4.0.0).
            CommandName: text(),
            CommandType: oneOf(commandTypes),
            InstanceId: id,
            InvocationStatus: text(),
            ...pageParameters(50),
        },
        run: ({ store }, params) => {
            const { InstanceId, CommandName } = params;
            const found = store
                .list(invocationKind)
                .filter(
                    ({ id: invokeId, value }) =>
                        (params.InvokeId === undefined || invokeId === params.InvokeId) &&
                        (params.CommandId === undefined || value.commandId === params.CommandId) &&
                        (CommandName === undefined || InstanceId !== undefined || value.name === CommandName) &&
                        (params.CommandType === undefined || value.type === params.CommandType) &&
                        (InstanceId === undefined || value.runs.some(({ serverId }) => serverId === InstanceId)) &&
                        (params.InvocationStatus === undefined || overallStatus(value) === params.InvocationStatus),
                );
            const { items, paging } = pageOf(found, params);
            return {
                ...paging,
                CommandInvocations: items.map(({ id: invokeId, value }) => ({
                    InvokeId: invokeId,
                    CommandId: value.commandId,
                    CommandName: value.name,
                    CommandDescription: value.description,
                    CommandType: value.type,
                    CommandContent: base64(value.content),
                    // A string here, an object in DescribeInvocations.
                    Parameters: JSON.stringify(value.parameters),
                    WorkingDir: value.workingDir,
                    Timeout: value.timeoutSeconds,
                    Username: shownUser(value.user, value.type === "RunShellScript" ? "Linux" : "Windows"),
                    CreationTime: isoSeconds(value.startedAt),
                    InvocationStatus: overallStatus(value),
                    InvokeInstances: value.runs.map((run) => ({
                        InstanceId: run.serverId,
                        InvocationStatus: runStatus(run),
                        ...resultOf(run),
                        StartTime: isoSeconds(value.startedAt),
                        FinishTime: run.result ? isoSeconds(run.result.finishedAt) : "",
                    })),
                })),
            };
        },
    }),
];

import { z } from "zod";
import { optionalNumber, optionalText, text } from "../../answerFields";
import type { Rpc } from "../rpc";

const started = z.object({ InvokeId: text });

const invocation = z
    .object({
        InvocationResult: z.object({
            InvocationStatus: text,
            ExitCode: optionalNumber,
            Output: optionalText,
            ErrorCode: optionalText,
            ErrorInfo: optionalText,
            FinishedTime: optionalText,
        }),
    })
    .transform(({ InvocationResult: result }) => ({
        /** Pending, Running, Stopping; then Success, Failed, Error, Timeout, Cancelled, Terminated, Invalid, Aborted. */
        status: result.InvocationStatus,
        exitCode: result.ExitCode,
        /** What the command printed, decoded. */
        output: Buffer.from(result.Output ?? "", "base64").toString("utf8"),
        errorCode: result.ErrorCode,
        errorInfo: result.ErrorInfo,
        finishedAt: result.FinishedTime,
    }));

export type CommandResult = z.output<typeof invocation>;

export interface RunCommandRequest {
    instanceId: string;
    name: string;
    type: "RunShellScript" | "RunPowerShellScript" | "RunBatScript";
    /** Plain text. */
    commandContent: string;
    /** 10 to 86400. @default 60 */
    timeoutSeconds?: number;
    workingUser?: string;
}

/** Commands in a running server, through Cloud Assistant. */
export function commandActions(rpc: Rpc) {
    return {
        /**
         * Starts a command and returns its invocation id. Never retried if the answer was lost, because the command may
         * be running.
         */
        async runCommand(request: RunCommandRequest): Promise<string> {
            const { InvokeId } = await rpc.ask({
                action: "RunCommand",
                query: {
                    InstanceId: request.instanceId,
                    Name: request.name,
                    Type: request.type,
                    CommandContent: request.commandContent,
                    Timeout: request.timeoutSeconds,
                    WorkingUser: request.workingUser,
                },
                answer: started,
                idempotent: false,
            });
            return InvokeId;
        },

        describeInvocationResult: (request: { instanceId: string; invokeId: string }): Promise<CommandResult> =>
            rpc.ask({
                action: "DescribeInvocationResult",
                query: { InstanceId: request.instanceId, InvokeId: request.invokeId },
                answer: invocation,
                idempotent: true,
            }),
    };
}

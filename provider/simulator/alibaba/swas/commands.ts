import { operation } from "../gateway/operation";
import { flag, jsonList, oneOf, required, text, withDefault } from "../gateway/parameters";
import { parameterValues, withValues } from "./commandParameters";
import { commandTypes, invoke } from "./invocations";
import { onServer, regionOfServer, requireStatus, serverOf } from "./lookup";
import { commandName, commandOf, commandTimeout, onCommand, regionOfCommand, workingDir } from "./savedCommands";

export const commandOperations = [
    operation({
        name: "RunCommand",
        locate: regionOfServer,
        parameters: {
            ...onServer,
            Name: required(commandName),
            Type: required(oneOf(commandTypes)),
            CommandContent: required(text()),
            Timeout: withDefault(commandTimeout, 60),
            EnableParameter: withDefault(flag, false),
            Parameters: parameterValues,
            WorkingDir: withDefault(workingDir, ""),
            WorkingUser: withDefault(text({ pattern: /^.{1,255}$/su }), ""),
            // Accepted and ignored: passwords are not stored.
            WindowsPasswordName: text(),
        },
        run: (caller, params) => {
            requireStatus(serverOf(caller, params.InstanceId), "Running");
            const InvokeId = invoke(caller, [params.InstanceId], {
                commandId: "",
                name: params.Name,
                description: "",
                type: params.Type,
                content: withValues(params.CommandContent, params.EnableParameter, params.Parameters),
                parameters: params.Parameters,
                user: params.WorkingUser,
                workingDir: params.WorkingDir,
                timeoutSeconds: params.Timeout,
            });
            return { InvokeId };
        },
    }),
    operation({
        // Runs on all servers or on none: the cloud's behavior for a server that is not running is not known.
        name: "InvokeCommand",
        locate: regionOfCommand,
        parameters: {
            ...onCommand,
            InstanceIds: required(jsonList({ max: 50, isId: true })),
            Parameters: parameterValues,
            Username: withDefault(text({ pattern: /^.{1,255}$/su }), ""),
        },
        run: (caller, params) => {
            const command = commandOf(caller, params.CommandId);
            for (const serverId of params.InstanceIds) requireStatus(serverOf(caller, serverId), "Running");
            const InvokeId = invoke(caller, [...new Set(params.InstanceIds)], {
                commandId: params.CommandId,
                name: command.name,
                description: command.description,
                type: command.type,
                content: withValues(command.content, command.hasParameters, params.Parameters),
                parameters: params.Parameters,
                user: params.Username,
                workingDir: command.workingDir,
                timeoutSeconds: command.timeoutSeconds,
            });
            return { InvokeId };
        },
    }),
];

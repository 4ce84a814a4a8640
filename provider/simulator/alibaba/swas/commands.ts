import { operation } from "../gateway/operation";
import { flag, jsonList, oneOf, required, text, withDefault } from "../gateway/parameters";
import { parameterValues, withValues } from "./commandParameters";
import { commandTypes, invoke } from "./invocations";
import { needStatus, onServer, regionOfServer, serverOf } from "./lookup";
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
        run: (caller, asked) => {
            needStatus(serverOf(caller, asked.InstanceId), "Running");
            const InvokeId = invoke(caller, [asked.InstanceId], {
                commandId: "",
                name: asked.Name,
                description: "",
                type: asked.Type,
                content: withValues(asked.CommandContent, asked.EnableParameter, asked.Parameters),
                parameters: asked.Parameters,
                user: asked.WorkingUser,
                workingDir: asked.WorkingDir,
                timeoutSeconds: asked.Timeout,
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
        run: (caller, asked) => {
            const command = commandOf(caller, asked.CommandId);
            for (const serverId of asked.InstanceIds) needStatus(serverOf(caller, serverId), "Running");
            const InvokeId = invoke(caller, [...new Set(asked.InstanceIds)], {
                commandId: asked.CommandId,
                name: command.name,
                description: command.description,
                type: command.type,
                content: withValues(command.content, command.hasParameters, asked.Parameters),
                parameters: asked.Parameters,
                user: asked.Username,
                workingDir: command.workingDir,
                timeoutSeconds: command.timeoutSeconds,
            });
            return { InvokeId };
        },
    }),
];

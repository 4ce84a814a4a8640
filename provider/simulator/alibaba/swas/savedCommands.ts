import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, integer, oneOf, required, text, withDefault } from "../gateway/parameters";
import { carries, type Tag, tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { regionBy, regionUnlessBy } from "../locations";
import { isoSeconds } from "../times";
import { parameterNames } from "./commandParameters";
import { type CommandType, commandTypes, invocationKind, runStatus } from "./invocations";
import { swasRules } from "./swasRules";

/** A command that was saved for later runs. */
interface SavedCommand {
    readonly name: string;
    readonly description: string;
    readonly type: CommandType;
    readonly content: string;
    readonly workingDir: string;
    readonly timeoutSeconds: number;
    readonly hasParameters: boolean;
    readonly resourceGroupId: string;
    readonly createdAt: number;
    readonly tags: readonly Tag[];
}

export const commandKind = kind<SavedCommand>("alibaba.command");
export const regionOfCommand = regionBy("CommandId", commandKind);
export const onCommand = { RegionId: regionUnlessBy("CommandId"), CommandId: required(id) };

export function commandOf(caller: Caller, commandId: string): SavedCommand {
    const command = caller.store.get(commandKind, commandId);
    if (!command) throw apiError(swasRules.unknownCommand);
    return command;
}

/** The limits of CreateCommand and UpdateCommandAttribute (SDK 4.0.0). */
export const commandName = text({ pattern: /^.{1,128}$/su });
const description = text({ pattern: /^.{1,512}$/su });
export const commandTimeout = integer({ min: 10, max: 86_400 });
export const workingDir = text({ pattern: /^.{1,200}$/su });

export const savedCommandOperations = [
    operation({
        name: "CreateCommand",
        parameters: {
            RegionId: required(text()),
            Name: required(commandName),
            Type: required(oneOf(commandTypes)),
            CommandContent: required(text()),
            Description: withDefault(description, ""),
            WorkingDir: withDefault(workingDir, ""),
            Timeout: withDefault(commandTimeout, 60),
            EnableParameter: withDefault(flag, false),
            ResourceGroupId: withDefault(text(), ""),
            Tag: tags,
        },
        run: (caller, params) => {
            const commandId = newId(caller.sim, "c", caller.region);
            caller.store.put(commandKind, commandId, {
                name: params.Name,
                description: params.Description,
                type: params.Type,
                content: params.CommandContent,
                workingDir: params.WorkingDir,
                timeoutSeconds: params.Timeout,
                hasParameters: params.EnableParameter,
                resourceGroupId: params.ResourceGroupId,
                createdAt: caller.now,
                tags: withTags([], params.Tag),
            });
            return { CommandId: commandId };
        },
    }),
    operation({
        name: "DescribeCommands",
        reads: true,
        locate: regionOfCommand,
        parameters: {
            RegionId: required(text()),
            // The cloud's own commands are not simulated, so their list is empty.
            Provider: required(oneOf(["AlibabaCloud", "User"])),
            CommandId: id,
            Name: text(),
            Type: oneOf(commandTypes),
            ResourceGroupId: text(),
            Tag: tags,
            ...pageParameters(50),
        },
        run: (caller, params) => {
            const own = params.Provider === "User" ? caller.store.list(commandKind) : [];
            const found = own.filter(
                ({ id: commandId, value }) =>
                    (params.CommandId === undefined || commandId === params.CommandId) &&
                    (params.Name === undefined || value.name === params.Name) &&
                    (params.Type === undefined || value.type === params.Type) &&
                    (params.ResourceGroupId === undefined || value.resourceGroupId === params.ResourceGroupId) &&
                    carries(value.tags, params.Tag),
            );
            const { items, paging } = pageOf(found, params);
            return {
                ...paging,
                Commands: items.map(({ id: commandId, value }) => ({
                    CommandId: commandId,
                    Name: value.name,
                    Description: value.description,
                    Type: value.type,
                    CommandContent: Buffer.from(value.content).toString("base64"),
                    WorkingDir: value.workingDir,
                    Timeout: value.timeoutSeconds,
                    EnableParameter: value.hasParameters,
                    ParameterNames: value.hasParameters ? parameterNames(value.content) : [],
                    Provider: "User",
                    ResourceGroupId: value.resourceGroupId,
                    CreationTime: isoSeconds(value.createdAt),
                    Tags: value.tags.map((tag) => ({ Key: tag.key, Value: tag.value })),
                })),
            };
        },
    }),
    operation({
        name: "UpdateCommandAttribute",
        locate: regionOfCommand,
        parameters: {
            ...onCommand,
            Name: commandName,
            Description: description,
            WorkingDir: workingDir,
            Timeout: commandTimeout,
        },
        run: (caller, params) => {
            const command = commandOf(caller, params.CommandId);
            caller.store.put(commandKind, params.CommandId, {
                ...command,
                name: params.Name ?? command.name,
                description: params.Description ?? command.description,
                workingDir: params.WorkingDir ?? command.workingDir,
                timeoutSeconds: params.Timeout ?? command.timeoutSeconds,
            });
            return {};
        },
    }),
    operation({
        name: "DeleteCommand",
        locate: regionOfCommand,
        parameters: onCommand,
        run: (caller, { CommandId }) => {
            commandOf(caller, CommandId);
            const isRunning = caller.store
                .list(invocationKind)
                .some(
                    ({ value }) =>
                        value.commandId === CommandId && value.runs.some((run) => runStatus(run) === "Running"),
                );
            if (isRunning) throw apiError(swasRules.commandRunning);
            caller.store.delete(commandKind, CommandId);
            return {};
        },
    }),
];

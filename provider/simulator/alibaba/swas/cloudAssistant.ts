import { type Caller, operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { jsonList, required, text } from "../gateway/parameters";
import { isoSeconds } from "../times";
import { invocationKind } from "./invocations";
import { regionOfServers, serverOf } from "./lookup";
import { serverKind } from "./models";

const serverIds = jsonList({ max: 50, isId: true });

/** Every server has the client, and no operation uninstalls it (DescribeCloudAssistantStatus, SDK 4.0.0). */
function serversWith({ store }: Caller, ids: readonly string[] | undefined) {
    return store.list(serverKind).filter(({ id }) => ids?.includes(id) ?? true);
}

export const cloudAssistantOperations = [
    operation({
        name: "DescribeCloudAssistantStatus",
        reads: true,
        locate: regionOfServers,
        parameters: { RegionId: required(text()), InstanceIds: serverIds, ...pageParameters(50) },
        run: (caller, params) => {
            const { items, paging } = pageOf(serversWith(caller, params.InstanceIds), params);
            return {
                ...paging,
                CloudAssistantStatus: items.map(({ id }) => ({ InstanceId: id, Status: true })),
            };
        },
    }),
    operation({
        name: "DescribeCloudAssistantAttributes",
        reads: true,
        locate: regionOfServers,
        parameters: { RegionId: required(text()), InstanceIds: required(serverIds), ...pageParameters(50) },
        run: (caller, params) => {
            const invocations = caller.store.list(invocationKind).map(({ value }) => value);
            const { items, paging } = pageOf(serversWith(caller, params.InstanceIds), params);
            return {
                ...paging,
                CloudAssistant: items.map(({ id, value: server }) => {
                    const own = invocations.flatMap(({ runs, startedAt }) =>
                        runs.filter(({ serverId }) => serverId === id).map(({ result }) => ({ result, startedAt })),
                    );
                    const last = own.at(-1);
                    return {
                        InstanceId: id,
                        OSType: server.osType,
                        CloudAssistantStatus: String(server.status === "Running"),
                        CloudAssistantVersion: "2.2.3.189",
                        SupportSessionManager: true,
                        ActiveTaskCount: own.filter(({ result }) => !result).length,
                        InvocationCount: own.filter(({ result }) => result).length,
                        LastHeartbeatTime: isoSeconds(caller.now),
                        LastInvokedTime: last ? isoSeconds(last.startedAt) : "",
                    };
                }),
            };
        },
    }),
    operation({
        name: "InstallCloudAssistant",
        locate: regionOfServers,
        parameters: { RegionId: required(text()), InstanceIds: required(serverIds) },
        run: (caller, { InstanceIds }) => {
            for (const serverId of InstanceIds) serverOf(caller, serverId);
            return {};
        },
    }),
];

import { reversed } from "../../core/slices";
import { equal, type Filters, pageOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Backup, backups } from "../models/backup";
import { vaults } from "../models/vault";
import { namedUuid } from "../namedIdentifiers";
import { refuse } from "../rules";
import { withOffset } from "../times";
import { cbrRules } from "./backupRules";
import { cbr, cbrProvider } from "./service";

/** The id of a CBR task is derived from its backup. The task is known as long as the backup exists. */
const taskId = (backup: Backup): string => namedUuid(`operation/${backup.id}`);

const statuses = { protecting: "running", available: "success", deleting: "success", error: "failed" } as const;

const filters: Filters<Backup> = {
    status: equal((backup) => statuses[backup.status]),
    operation_type: equal(() => "backup"),
    vault_id: equal((backup) => backup.vaultId),
    resource_id: equal((backup) => backup.server.id),
    resource_name: equal((backup) => backup.server.name),
    provider_id: equal(() => cbrProvider),
    start_time: ({ createdAt }, wanted) => createdAt >= Date.parse(wanted),
    end_time: ({ createdAt }, wanted) => createdAt <= Date.parse(wanted),
};

function document({ store }: Operation, backup: Backup): Record<string, unknown> {
    const status = statuses[backup.status];
    return {
        id: taskId(backup),
        checkpoint_id: backup.checkpointId,
        created_at: withOffset(backup.createdAt),
        started_at: withOffset(backup.createdAt),
        updated_at: withOffset(backup.updatedAt),
        ended_at: status === "running" ? null : withOffset(backup.updatedAt),
        operation_type: "backup",
        policy_id: null,
        project_id: backup.projectId,
        provider_id: cbrProvider,
        status,
        vault_id: backup.vaultId,
        vault_name: store.get(vaults, backup.vaultId ?? "")?.name ?? "",
        error_info: { code: "", message: "" },
        extra_info: {
            common: { progress: status === "running" ? 50 : 100, request_id: "", task_id: taskId(backup) },
            backup: { backup_id: backup.id, backup_name: backup.name, incremental: "false" },
            resource: { id: backup.server.id, name: backup.server.name, type: "OS::Nova::Server" },
        },
    };
}

const tasks = ({ store }: Operation): Backup[] =>
    store.list(backups).flatMap(({ value }) => (value.service === "cbr" ? [value] : []));

function listTasks(operation: Operation): Reply {
    const found = reversed(select(tasks(operation), operation.query, filters));
    const page = pageOf(found, operation.query).map((backup) => document(operation, backup));
    return ok({ operation_logs: page, count: found.length });
}

function showTask(operation: Operation): Reply {
    const id = operation.param("operation_log_id");
    const found = tasks(operation).find((backup) => taskId(backup) === id);
    if (!found) throw refuse(cbrRules.operationMissing, id);
    return ok({ operation_log: document(operation, found) });
}

const path = "/v3/{project_id}/operation-logs";

export const cbrOperationRoutes: readonly Route[] = [
    { method: "GET", path, service: cbr, operation: "ListOpLogs", isRead: true, handler: listTasks },
    {
        method: "GET",
        path: `${path}/{operation_log_id}`,
        service: cbr,
        operation: "ShowOpLog",
        isRead: true,
        handler: showTask,
    },
];

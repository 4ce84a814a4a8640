import type { RegionStore } from "../../core/objects";
import { concatenated, reversed, type Sliced } from "../../core/slices";
import { equal, type Filters, matchesNothing, pageOf, select } from "../gateway/filters";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { isOccupied } from "../jobs/occupation";
import { type Backup, backupMemberKey, backupMembers, backups } from "../models/backup";
import { storedWhere } from "../models/shelved";
import { refuse } from "../rules";
import { cbrRules } from "./backupRules";
import { beginBackupDeletion } from "./backups";
import { cbrDocument } from "./cbrDocument";
import { cbr } from "./service";

export function ownBackup({ store }: Operation, id: string): Backup {
    const backup = store.get(backups, id);
    if (backup?.service !== "cbr") throw refuse(cbrRules.backupMissing, id);
    return backup;
}

const filters: Filters<Backup> = {
    vault_id: equal((backup) => backup.vaultId),
    resource_id: equal((backup) => backup.server.id),
    resource_name: equal((backup) => backup.server.name),
    resource_type: equal(() => "OS::Nova::Server"),
    resource_az: equal((backup) => backup.availabilityZone),
    checkpoint_id: equal((backup) => backup.checkpointId),
    status: equal((backup) => backup.status),
    name: equal((backup) => backup.name),
    image_type: equal(() => "backup"),
    enterprise_project_id: (_, wanted) => wanted === "0" || wanted === "all_granted_eps",
    incremental: equal(() => false),
    start_time: ({ createdAt }, wanted) => createdAt >= Date.parse(wanted),
    end_time: ({ createdAt }, wanted) => createdAt <= Date.parse(wanted),
    // A simulated server backup has no parent, no dedicated cloud and no usage information of a vault.
    parent_id: matchesNothing,
    dec_id: matchesNothing,
    used_percent: matchesNothing,
};

/** Backups that other projects share with the project. */
function sharedBackups({ sim, project }: Operation, memberStatus: string | null): Backup[] {
    return sim.registry.list("huawei", backupMembers).flatMap(({ value: member, scope }) => {
        const isAsked = member.projectId === project.id && (memberStatus === null || member.status === memberStatus);
        return isAsked ? (sim.store(scope).get(backups, member.backupId) ?? []) : [];
    });
}

/** Uses an index for the fields by which clients filter. */
function ownBackups(store: RegionStore, query: URLSearchParams): Sliced<Backup> {
    const [vaultId, checkpointId] = [query.get("vault_id"), query.get("checkpoint_id")];
    const found = checkpointId
        ? storedWhere(store, backups, "checkpointId", checkpointId)
        : vaultId
          ? storedWhere(store, backups, "vaultId", vaultId)
          : storedWhere(store, backups, "service", "cbr");
    return checkpointId || vaultId ? found.slice().filter(({ service }) => service === "cbr") : found;
}

function listBackups(operation: Operation): Reply {
    const { store, query } = operation;
    const ownType = query.get("own_type") ?? "private";
    const own = ownBackups(store, query);
    const shared = sharedBackups(operation, query.get("member_status"));
    const all = ownType === "shared" ? shared : ownType === "all_granted" ? concatenated(shared, own) : own;
    const found = reversed(select(all, query, filters));
    const page = pageOf(found, query);
    return ok({ backups: page.map(cbrDocument), count: found.length, offset: 0, limit: page.length });
}

/** The caller's backup, or one that is shared with its project. */
function showBackup(operation: Operation): Reply {
    const { sim, store, project } = operation;
    const id = operation.param("backup_id");
    if (store.get(backups, id)) return ok({ backup: cbrDocument(ownBackup(operation, id)) });
    const owner = sim.registry.find("huawei", backups, id);
    const isMember = owner && sim.store(owner.scope).get(backupMembers, backupMemberKey(id, project.id));
    if (!isMember) throw refuse(cbrRules.backupMissing, id);
    return ok({ backup: cbrDocument(owner.value) });
}

function deleteBackup(operation: Operation): Reply {
    const { sim, store } = operation;
    const backup = ownBackup(operation, operation.param("backup_id"));
    if (backup.status === "deleting") return noContentReply;
    if (backup.status === "protecting") throw refuse(cbrRules.performingBackup);
    if (backup.imageId !== null || isOccupied(store, backup.id)) throw refuse(cbrRules.usedByImage, backup.id);
    beginBackupDeletion(sim, store, backup.id);
    return noContentReply;
}

const all = "/v3/{project_id}/backups";
const one = `${all}/{backup_id}`;

export const cbrBackupRoutes: readonly Route[] = [
    { method: "GET", path: all, service: cbr, operation: "ListBackups", isRead: true, handler: listBackups },
    { method: "GET", path: one, service: cbr, operation: "ShowBackup", isRead: true, handler: showBackup },
    { method: "DELETE", path: one, service: cbr, operation: "DeleteBackup", handler: deleteBackup },
];

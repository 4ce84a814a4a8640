import { z } from "zod";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { projects } from "../identities/identities";
import { type BackupMember, backupMemberKey, backupMembers, backups } from "../models/backup";
import { totalSizeGiB } from "../models/disks";
import { vaults } from "../models/vault";
import { takesServerBackups } from "../models/vaultUse";
import { namedUuid } from "../namedIdentifiers";
import { refuse } from "../rules";
import { withOffset } from "../times";
import { cbrRules } from "./backupRules";
import { ownBackup } from "./cbrBackups";
import { cbr } from "./service";

const shares = z.object({ members: z.array(z.string()).min(1) });
const answer = z.object({ status: z.enum(["accepted", "rejected"]), vault_id: z.string().optional() });

function document(member: BackupMember): Record<string, unknown> {
    return {
        id: namedUuid(`backupMember/${backupMemberKey(member.backupId, member.projectId)}`),
        status: member.status,
        backup_id: member.backupId,
        dest_project_id: member.projectId,
        vault_id: member.vaultId,
        image_id: null,
        created_at: withOffset(member.createdAt),
        updated_at: withOffset(member.updatedAt),
    };
}

function addMembers(operation: Operation): Reply {
    const { sim, store, project, now } = operation;
    const backup = ownBackup(operation, operation.param("backup_id"));
    if (backup.status !== "available") throw refuse(cbrRules.shareState, `(${backup.id}: ${backup.status})`);
    const added = [...new Set(operation.body(shares).members)].map((projectId): BackupMember => {
        const recipient = sim.registry.find("huawei", projects, projectId);
        const isSharable = projectId !== project.id && recipient?.value.region === project.region;
        if (!isSharable) throw refuse(cbrRules.shareWithYourself, projectId);
        const key = backupMemberKey(backup.id, projectId);
        const known = store.get(backupMembers, key);
        if (known) return known;
        const status = "pending" as const;
        const member = { backupId: backup.id, projectId, status, vaultId: null, createdAt: now, updatedAt: now };
        store.put(backupMembers, key, member);
        operation.names(projectId);
        return member;
    });
    return ok({ members: added.map(document) });
}

/** The owner sees all shares, a recipient only its own. */
function visibleMembers(operation: Operation): {
    owner: ReturnType<Operation["sim"]["store"]>;
    members: BackupMember[];
} {
    const { sim, project, scope } = operation;
    const id = operation.param("backup_id");
    const found = sim.registry.find("huawei", backups, id);
    const owner = found && sim.store(found.scope);
    const isOwn = found?.scope.account === scope.account && found.scope.region === scope.region;
    const members = (owner?.list(backupMembers) ?? [])
        .map(({ value }) => value)
        .filter((member) => member.backupId === id && (isOwn || member.projectId === project.id));
    if (!owner || (!isOwn && members.length === 0)) throw refuse(cbrRules.backupMissing, id);
    return { owner, members };
}

function memberOf(operation: Operation): BackupMember {
    const wanted = operation.param("member_id");
    const found = visibleMembers(operation).members.find(({ projectId }) => projectId === wanted);
    if (!found) throw refuse(cbrRules.memberMissing, wanted);
    return found;
}

/** A recipient accepts a backup into one of its own vaults, which must have room for all disks. */
function updateMember(operation: Operation): Reply {
    const { store, project, now } = operation;
    const { owner } = visibleMembers(operation);
    const member = memberOf(operation);
    if (member.projectId !== project.id) throw refuse(cbrRules.memberMissing, member.projectId);
    const { status, vault_id: vaultId = "" } = operation.body(answer);
    if (status === "accepted") {
        const vault = store.get(vaults, vaultId);
        if (!vault) throw refuse(cbrRules.vaultMissing, vaultId);
        if (!takesServerBackups(vault)) throw refuse(cbrRules.vaultResourceType, vaultId);
        const needed = totalSizeGiB(owner.get(backups, member.backupId)?.disks ?? []);
        if (needed > vault.sizeGiB) throw refuse(cbrRules.vaultCapacity, vaultId);
    }
    const changed: BackupMember = {
        ...member,
        status,
        vaultId: status === "accepted" ? vaultId : null,
        updatedAt: now,
    };
    owner.put(backupMembers, backupMemberKey(member.backupId, member.projectId), changed);
    return ok({ member: document(changed) });
}

function deleteMember(operation: Operation): Reply {
    const backup = ownBackup(operation, operation.param("backup_id"));
    const { projectId } = memberOf(operation);
    operation.store.delete(backupMembers, backupMemberKey(backup.id, projectId));
    return noContentReply;
}

const all = "/v3/{project_id}/backups/{backup_id}/members";
const one = `${all}/{member_id}`;

/** Operations on shares of backups (docs/reference/csbs-cbr.md#cbr-backups). */
export const cbrMemberRoutes: readonly Route[] = [
    { method: "POST", path: all, service: cbr, operation: "AddMember", handler: addMembers },
    {
        method: "GET",
        path: all,
        service: cbr,
        operation: "ShowMembersDetail",
        isRead: true,
        handler: (operation) => {
            const { members } = visibleMembers(operation);
            return ok({ members: members.map(document), count: members.length });
        },
    },
    {
        method: "GET",
        path: one,
        service: cbr,
        operation: "ShowMemberDetail",
        isRead: true,
        handler: (operation) => ok({ member: document(memberOf(operation)) }),
    },
    { method: "PUT", path: one, service: cbr, operation: "UpdateMemberStatus", handler: updateMember },
    { method: "DELETE", path: one, service: cbr, operation: "DeleteMember", handler: deleteMember },
];

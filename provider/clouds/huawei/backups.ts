import { z } from "zod";
import { list } from "../answerFields";
import { UserError } from "../errors";
import { allPages } from "../pages";
import { type Backup, type BackupKind, cbrBackup, csbsBackup } from "./backupAnswers";
import type { HuaweiConnection } from "./connection";
import { isGone } from "./failures";
import { noContent, openRest, path, type Rest } from "./rest";
import { vaultOperations } from "./vaults";

export type { Backup, BackupDisk, BackupKind } from "./backupAnswers";

const BACKUPS_PER_PAGE = 100;

/** The same id in every region (docs/reference/csbs-cbr.md#csbs-backups). */
const CSBS_PROVIDER_ID = "fc4d5750-22e7-4798-8a46-f48f62c4c1da";

const backupOf = {
    cbr: z.object({ backup: cbrBackup }).transform((answer) => answer.backup),
    csbs: z.object({ checkpoint_item: csbsBackup }).transform((answer) => answer.checkpoint_item),
} as const;

const pageOf = {
    cbr: z.object({ backups: list(cbrBackup) }).transform((answer) => answer.backups),
    csbs: z.object({ checkpoint_items: list(csbsBackup) }).transform((answer) => answer.checkpoint_items),
} as const;

const collectionPath = {
    cbr: path`/v3/{project_id}/backups`,
    csbs: path`/v1/{project_id}/checkpoint_items`,
} as const;

export type BackupsClient = ReturnType<typeof backupsClient>;

/**
 * Backups of servers in one region, stored by CSBS or by CBR and returned in one form; and the vaults of CBR.
 *
 * @throws CloudError from every method, with the service's own code if it has one
 */
export function backupsClient(connection: HuaweiConnection, region: string) {
    const services = {
        cbr: openRest(connection, "cbr", region),
        csbs: openRest(connection, "csbs", region),
    } as const;

    const backup = async ({ kind, id }: { kind: BackupKind; id: string }): Promise<Backup | undefined> => {
        try {
            return await services[kind].ask({
                operation: kind === "cbr" ? "ShowBackup" : "ShowCheckpointItem",
                method: "GET",
                path: `${collectionPath[kind]}${path`/${id}`}`,
                answer: backupOf[kind],
                idempotent: true,
            });
        } catch (error) {
            if (isGone(error)) return undefined;
            throw error;
        }
    };

    return {
        /** One backup; undefined if it does not exist (any more). */
        backup,

        /** Backups, all pages. @param filter serverId: only backups of this server */
        listBackups({ kind, serverId }: { kind: BackupKind; serverId?: string }): Promise<Backup[]> {
            const rest = services[kind];
            const operation = kind === "cbr" ? "ListBackups" : "ListCheckpointItems";
            return allPages({ cloud: rest.cloud, operation }, async (_page, found: readonly Backup[]) => {
                const items = await rest.ask({
                    operation,
                    method: "GET",
                    path: collectionPath[kind],
                    query: { resource_id: serverId, limit: BACKUPS_PER_PAGE, offset: found.length },
                    answer: pageOf[kind],
                    idempotent: true,
                });
                return { items, isLast: items.length < BACKUPS_PER_PAGE };
            });
        },

        /**
         * Starts the deletion, which is finished when `backup` returns undefined. A backup that does not exist is not
         * an error.
         *
         * @throws CloudError BackupService.6204 or CSBS.8007 while a whole image that was created from it exists
         */
        async deleteBackup({ kind, id }: { kind: BackupKind; id: string }): Promise<void> {
            if (kind === "cbr") return deleteFromCbr(services.cbr, id);
            // CSBS deletes by the checkpoint's id, which only the item itself contains
            // (docs/reference/csbs-cbr.md#csbs-backups).
            const found = await backup({ kind, id });
            if (found) await deleteFromCsbs(services.csbs, found);
        },

        ...vaultOperations(services.cbr),
    };
}

async function deleteFromCbr(cbr: Rest, backupId: string): Promise<void> {
    try {
        await cbr.ask({
            operation: "DeleteBackup",
            method: "DELETE",
            path: path`/v3/{project_id}/backups/${backupId}`,
            answer: noContent,
            idempotent: true,
        });
    } catch (error) {
        if (!isGone(error)) throw error;
    }
}

async function deleteFromCsbs(csbs: Rest, { id, checkpointId }: Backup): Promise<void> {
    if (checkpointId === undefined)
        throw new UserError(`cannot delete backup ${id}: it has no checkpoint id. Delete it in the console`);
    await csbs.ask({
        operation: "DeleteCheckpoint",
        method: "DELETE",
        path: path`/v1/{project_id}/providers/${CSBS_PROVIDER_ID}/checkpoints/${checkpointId}`,
        query: { checkpoint_items: id },
        answer: noContent,
        idempotent: true,
    });
}

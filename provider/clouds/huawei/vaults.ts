import { z } from "zod";
import { list, number, optionalNumber, optionalText, text } from "../answerFields";
import { allPages } from "../pages";
import { isGone } from "./failures";
import { path, type Rest } from "./rest";

const VAULTS_PER_PAGE = 100;

// Source: docs/reference/csbs-cbr.md#cbr-vaults.
const vault = z
    .object({
        id: text,
        name: optionalText,
        billing: z.object({
            status: optionalText,
            object_type: optionalText,
            protect_type: optionalText,
            size: number,
            used: optionalNumber,
            allocated: optionalNumber,
        }),
        resources: list(z.object({ id: text, type: optionalText })),
    })
    .transform((found) => ({
        id: found.id,
        name: found.name,
        /** available, lock, frozen, deleting or error. */
        status: found.billing.status,
        /** "server" or "disk". */
        objectType: found.billing.object_type,
        /** "backup" or "replication". */
        protectType: found.billing.protect_type,
        sizeGiB: found.billing.size,
        /** As counted by the cloud. */
        used: found.billing.used,
        allocated: found.billing.allocated,
        /** The servers that belong to it. */
        serverIds: found.resources.map((resource) => resource.id),
    }));

const oneVault = z.object({ vault }).transform((answer) => answer.vault);
const vaultPage = z.object({ vaults: list(vault) });

export type Vault = z.output<typeof vault>;

export interface CreateVaultRequest {
    name: string;
    sizeGiB: number;
    /** "replication" for the destination of copies between regions. @default "backup" */
    protectType?: "backup" | "replication";
    /** Servers that belong to it. */
    serverIds?: string[];
}

/** Vaults of CBR, which store backups of servers. */
export function vaultOperations(cbr: Rest) {
    return {
        /** All vaults, all pages. */
        vaults: (): Promise<Vault[]> =>
            allPages({ cloud: cbr.cloud, operation: "ListVaults" }, async (_page, found: readonly Vault[]) => {
                const { vaults } = await cbr.ask({
                    operation: "ListVaults",
                    method: "GET",
                    path: path`/v3/{project_id}/vaults`,
                    query: { limit: VAULTS_PER_PAGE, offset: found.length },
                    answer: vaultPage,
                    idempotent: true,
                });
                return { items: vaults, isLast: vaults.length < VAULTS_PER_PAGE };
            }),

        /** One vault; undefined if it does not exist (any more). */
        async vault(vaultId: string): Promise<Vault | undefined> {
            try {
                return await cbr.ask({
                    operation: "ShowVault",
                    method: "GET",
                    path: path`/v3/{project_id}/vaults/${vaultId}`,
                    answer: oneVault,
                    idempotent: true,
                });
            } catch (error) {
                if (isGone(error)) return undefined;
                throw error;
            }
        },

        /**
         * Creates a vault for servers, billed by use. There is no client token, so the request is never retried if the
         * answer was lost.
         */
        createVault: (request: CreateVaultRequest): Promise<Vault> =>
            cbr.ask({
                operation: "CreateVault",
                method: "POST",
                path: path`/v3/{project_id}/vaults`,
                body: {
                    vault: {
                        name: request.name,
                        billing: {
                            cloud_type: "public",
                            consistent_level: "crash_consistent",
                            object_type: "server",
                            protect_type: request.protectType ?? "backup",
                            size: request.sizeGiB,
                            charging_mode: "post_paid",
                        },
                        resources: (request.serverIds ?? []).map((id) => ({ id, type: "OS::Nova::Server" })),
                    },
                },
                answer: oneVault,
                idempotent: false,
            }),
    };
}

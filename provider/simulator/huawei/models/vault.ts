import { kind } from "../../core/kinds";
import type { Tag } from "./image";

export interface Vault {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly tags: readonly Tag[];
    readonly projectId: string;
    readonly sizeGiB: number;
    readonly objectType: "server" | "disk" | "turbo";
    readonly protectType: "backup" | "replication";
    readonly consistentLevel: "crash_consistent" | "app_consistent";
    /** Binds new servers by tags. Returned, but not simulated. */
    readonly autoBind: boolean;
    readonly bindTags: readonly Tag[];
    readonly status: "available" | "lock" | "frozen" | "error";
    readonly createdAt: number;
    /** Servers that were added by name. Servers with backups in the vault are bound too. */
    readonly serverIds: readonly string[];
}

export const vaults = kind<Vault>("huawei.vault");

/** The defaults of a vault. */
export const plainVault = {
    description: "",
    tags: [],
    consistentLevel: "crash_consistent",
    autoBind: false,
    bindTags: [],
    serverIds: [],
} as const;

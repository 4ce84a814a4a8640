import type { Route } from "../gateway/operation";
import { cbrBackupRoutes } from "./cbrBackups";
import { cbrCheckpointRoutes } from "./cbrCheckpoints";
import { cbrMemberRoutes } from "./cbrMembers";
import { cbrOperationRoutes } from "./cbrOperations";
import { cbrProtectableRoutes } from "./cbrProtectables";
import { csbsRoutes } from "./csbs";
import { vaultRoutes } from "./vaults";

/** Backups of servers: CBR, and CSBS before it. */
export const backupRoutes: readonly Route[] = [
    ...vaultRoutes,
    ...cbrCheckpointRoutes,
    ...cbrBackupRoutes,
    ...cbrMemberRoutes,
    ...cbrOperationRoutes,
    ...cbrProtectableRoutes,
    ...csbsRoutes,
];

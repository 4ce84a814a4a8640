import type { Route } from "../gateway/operation";
import { cbrBackupRoutes } from "./cbrBackups";
import { cbrCheckpointRoutes } from "./cbrCheckpoints";
import { cbrMemberRoutes } from "./cbrMembers";
import { cbrOperationRoutes } from "./cbrOperations";
import { cbrProtectableRoutes } from "./cbrProtectables";
import { csbsRoutes } from "./csbs";
import { vaultRoutes } from "./vaults";

/** Operations on backups of servers: CBR and its predecessor CSBS. */
export const backupRoutes: readonly Route[] = [
    ...vaultRoutes,
    ...cbrCheckpointRoutes,
    ...cbrBackupRoutes,
    ...cbrMemberRoutes,
    ...cbrOperationRoutes,
    ...cbrProtectableRoutes,
    ...csbsRoutes,
];

import type { Route } from "../gateway/operation";
import { changeOsRoutes } from "./changeOs";
import { nativeActionRoutes } from "./nativeActions";
import { serverAttributeRoutes } from "./serverAttributes";
import { serverCreationRoutes } from "./serverCreation";
import { serverDeletionRoutes } from "./serverDeletion";
import { serverDiskRoutes } from "./serverDisks";
import { serverPowerRoutes } from "./serverPower";
import { serverRoutes } from "./servers";

/** Operations on servers. */
export const ecsRoutes: readonly Route[] = [
    ...serverCreationRoutes,
    ...serverRoutes,
    ...serverAttributeRoutes,
    ...serverDeletionRoutes,
    ...serverPowerRoutes,
    ...nativeActionRoutes,
    ...serverDiskRoutes,
    ...changeOsRoutes,
];

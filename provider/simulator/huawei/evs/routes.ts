import type { Route } from "../gateway/operation";
import { snapshotRoutes } from "./snapshots";
import { volumeCreationRoutes } from "./volumeCreation";
import { volumeRoutes } from "./volumes";

/** Operations on disks and their snapshots. */
export const diskRoutes: readonly Route[] = [...volumeCreationRoutes, ...volumeRoutes, ...snapshotRoutes];

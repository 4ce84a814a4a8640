import type { Route } from "../gateway/operation";
import { flavorRoutes } from "./flavors";
import { imageRecordRoutes } from "./imageRecords";
import { imageSchemaRoutes } from "./imageSchemas";
import { serverRoutes } from "./servers";
import { versionRoutes } from "./versions";
import { volumeRoutes } from "./volumes";

/** The APIs of OpenStack, as far as its own clients need more of them than Huawei's clients do. */
export const openstackRoutes: readonly Route[] = [
    ...versionRoutes,
    ...imageSchemaRoutes,
    ...imageRecordRoutes,
    ...serverRoutes,
    ...flavorRoutes,
    ...volumeRoutes,
];

import type { Route } from "../gateway/operation";
import { flavorRoutes } from "./flavors";
import { imageRecordRoutes } from "./imageRecords";
import { imageSchemaRoutes } from "./imageSchemas";
import { serverRoutes } from "./servers";
import { versionRoutes } from "./versions";
import { volumeRoutes } from "./volumes";

/** The OpenStack APIs that OpenStack's own clients need in addition to those of Huawei's clients. */
export const openstackRoutes: readonly Route[] = [
    ...versionRoutes,
    ...imageSchemaRoutes,
    ...imageRecordRoutes,
    ...serverRoutes,
    ...flavorRoutes,
    ...volumeRoutes,
];

import { cbrRoutes } from "./cbr";
import { changeOsRoutes } from "./changeOs";
import { csbsRoutes } from "./csbs";
import { iamRoutes } from "./iam";
import { imageCopyRoutes } from "./imageCopies";
import { imagePatchRoutes } from "./imagePatches";
import { imageRoutes } from "./images";
import { imageTagRoutes } from "./imageTags";
import { imageTransferRoutes } from "./imageTransfers";
import { jobRoutes } from "./jobQueries";
import { memberBatchRoutes } from "./memberBatches";
import { memberRoutes } from "./members";
import type { Route } from "./operation";
import { quotaRoutes } from "./quotas";
import { serverCreationRoutes } from "./serverCreation";
import { serverDiskRoutes } from "./serverDisks";
import { serverPowerRoutes } from "./serverPower";
import { serverRoutes } from "./servers";
import { systemImageRoutes } from "./systemImages";
import { vaultRoutes } from "./vaults";
import { volumeRoutes } from "./volumes";
import { wholeImageRoutes } from "./wholeImages";

/** Every operation of every service, on one port. */
export const routes: readonly Route[] = [
    ...iamRoutes,
    ...wholeImageRoutes,
    ...systemImageRoutes,
    ...imageRoutes,
    ...imagePatchRoutes,
    ...imageTagRoutes,
    ...imageTransferRoutes,
    ...imageCopyRoutes,
    ...memberRoutes,
    ...memberBatchRoutes,
    ...quotaRoutes,
    ...jobRoutes,
    ...cbrRoutes,
    ...vaultRoutes,
    ...csbsRoutes,
    ...serverCreationRoutes,
    ...serverRoutes,
    ...serverPowerRoutes,
    ...serverDiskRoutes,
    ...changeOsRoutes,
    ...volumeRoutes,
];

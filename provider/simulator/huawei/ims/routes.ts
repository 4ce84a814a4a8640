import type { Route } from "../gateway/operation";
import { imageCopyRoutes } from "./imageCopies";
import { imageCreationRoutes } from "./imageCreation";
import { imagePatchRoutes } from "./imagePatches";
import { imageQuotaRoutes } from "./imageQuota";
import { imageRegionCopyRoutes } from "./imageRegionCopies";
import { imageRoutes } from "./images";
import { imageTagRoutes } from "./imageTags";
import { imageTransferRoutes } from "./imageTransfers";
import { jobRoutes } from "./jobQueries";
import { memberBatchRoutes } from "./memberBatches";
import { memberRoutes } from "./members";
import { wholeImageRoutes } from "./wholeImages";

/** Operations on images, their shares, tags and jobs. */
export const imsRoutes: readonly Route[] = [
    ...wholeImageRoutes,
    ...imageCreationRoutes,
    ...imageRoutes,
    ...imagePatchRoutes,
    ...imageTagRoutes,
    ...imageTransferRoutes,
    ...imageCopyRoutes,
    ...imageRegionCopyRoutes,
    ...memberRoutes,
    ...memberBatchRoutes,
    ...imageQuotaRoutes,
    ...jobRoutes,
];

import type { Route } from "../gateway/operation";
import { imageCopyRoutes } from "./imageCopies";
import { imagePatchRoutes } from "./imagePatches";
import { imageQuotaRoutes } from "./imageQuota";
import { imageRoutes } from "./images";
import { imageTagRoutes } from "./imageTags";
import { imageTransferRoutes } from "./imageTransfers";
import { jobRoutes } from "./jobQueries";
import { memberBatchRoutes } from "./memberBatches";
import { memberRoutes } from "./members";
import { systemImageRoutes } from "./systemImages";
import { wholeImageRoutes } from "./wholeImages";

/** Images, their shares, tags and jobs. */
export const imsRoutes: readonly Route[] = [
    ...wholeImageRoutes,
    ...systemImageRoutes,
    ...imageRoutes,
    ...imagePatchRoutes,
    ...imageTagRoutes,
    ...imageTransferRoutes,
    ...imageCopyRoutes,
    ...memberRoutes,
    ...memberBatchRoutes,
    ...imageQuotaRoutes,
    ...jobRoutes,
];

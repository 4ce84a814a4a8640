import { imageRequestRules, imageRules } from "./imageRules";
import type { Operation, Reply, Route } from "./operation";
import { type Rule, refuse } from "./rules";
import { findVisible, type VisibleImage } from "./visibleImages";

/** Exports and copies to other regions: a full-ECS image can do neither (R10, R11); for others they are not simulated. */
function refusing(ofWholeImage: Rule): (operation: Operation) => Reply {
    return (operation) => {
        const id = operation.param("image_id");
        const { sim, shelf, project } = operation;
        const visible: VisibleImage | undefined = findVisible(sim, shelf, project, id);
        if (!visible) throw refuse(imageRules.missing, id);
        const isWhole = visible.relation !== "gold" && visible.image.isWhole;
        throw isWhole ? refuse(ofWholeImage, id) : refuse(imageRequestRules.unsupported, id);
    };
}

const transfers = [
    {
        path: "/v1/cloudimages/{image_id}/cross_region_copy",
        operation: "CopyImageCrossRegion",
        rule: imageRules.wholeCopy,
    },
    { path: "/v1/cloudimages/{image_id}/file", operation: "ExportImage", rule: imageRules.wholeExport },
] as const;

export const imageTransferRoutes: readonly Route[] = transfers.map(({ path, operation, rule }) => ({
    method: "POST",
    path,
    service: "ims",
    operation,
    handler: refusing(rule),
}));

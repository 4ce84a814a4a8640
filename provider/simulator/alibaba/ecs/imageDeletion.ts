import { apiError } from "../../core/errorRule";
import { operation } from "../gateway/operation";
import { flag, id, required, text, withDefault } from "../gateway/parameters";
import { ecsRules } from "./ecsRules";
import { ecsImageKind, ecsInstanceKind } from "./models";
import { isBeingCopied, isUnfinished } from "./unfinishedCopies";
import { ownedImage, visibleImage } from "./visibleImages";

export const deleteImage = operation({
    name: "DeleteImage",
    parameters: {
        RegionId: required(text()),
        ImageId: required(id),
        Force: withDefault(flag, false),
        DryRun: flag,
    },
    run: (caller, { ImageId, Force }) => {
        // "If the specified custom image does not exist, the request is ignored" (ECS DeleteImage).
        if (!visibleImage(caller, ImageId)) return {};
        const image = ownedImage(caller, ImageId);
        if (isUnfinished(image) || isBeingCopied(caller.sim, ImageId)) throw apiError(ecsRules.imageCopying);
        if (image.isPublic) throw apiError(ecsRules.communityImage);
        if (image.shareAccounts.length > 0) throw apiError(ecsRules.imageShared);
        const isUsed = caller.store.list(ecsInstanceKind).some(({ value }) => value.imageId === ImageId);
        if (isUsed && !Force) throw apiError(ecsRules.imageInUse);
        // The snapshots of the image are kept.
        caller.store.delete(ecsImageKind, ImageId);
        return {};
    },
});

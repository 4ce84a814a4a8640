import { refusal } from "../../core/rule";
import { operation } from "../gateway/operation";
import { flag, id, required, text, withDefault } from "../gateway/parameters";
import { ecsRules } from "./ecsRules";
import { ecsImageKind, ecsInstanceKind } from "./holdings";
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
        if (isUnfinished(image) || isBeingCopied(caller.sim, ImageId)) throw refusal(ecsRules.imageCopying);
        if (image.isPublic) throw refusal(ecsRules.communityImage);
        if (image.shareAccounts.length > 0) throw refusal(ecsRules.imageShared);
        const isUsed = caller.shelf.list(ecsInstanceKind).some(({ value }) => value.imageId === ImageId);
        if (isUsed && !Force) throw refusal(ecsRules.imageInUse);
        // The snapshots behind the image stay.
        caller.shelf.delete(ecsImageKind, ImageId);
        return {};
    },
});

import { explain, mostSwasImages } from "../../clouds/capabilities";
import type { AlibabaRegion } from "../../clouds/connect";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { optionalLookup } from "../optionalLookup";

type Work = Pick<HandlerContext, "clouds" | "warn">;

/** Why the project cannot have another private image; undefined if it can. */
export async function imsRoomProblem(work: Work, { ims, region }: HuaweiRegion): Promise<string | undefined> {
    const quota = await optionalLookup(work, `the quota of images in ${region}`, () => ims.imageQuota());
    if (!quota || quota.used < quota.most) return undefined;
    return (
        `the project has ${quota.used} private images in ${region}, and its quota is ${quota.most} (IMS error IMG.0015): ` +
        "delete images that you no longer need, or ask the cloud to raise the quota"
    );
}

/**
 * Warns if the account may have reached its limit of custom images. The cloud does not report an account's own limit.
 */
export async function warnOfSwasRoom(work: Work, { swas, region }: AlibabaRegion): Promise<void> {
    const images = await optionalLookup(work, `the custom images of ${region}`, () => swas.ownCustomImages());
    if (!images || images.length < mostSwasImages.count) return;
    work.warn(`the account has ${images.length} custom images in ${region}, and ${explain(mostSwasImages)}`);
}

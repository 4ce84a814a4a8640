import { explain, mostSwasImages } from "../../clouds/capabilities";
import type { AlibabaRegion } from "../../clouds/connect";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { optionalLookup } from "../optionalLookup";

type Work = Pick<HandlerContext, "clouds" | "warn">;

/** Why no more private image can be made in a project; undefined when nothing speaks against it. */
export async function imsRoomProblem(work: Work, { ims, region }: HuaweiRegion): Promise<string | undefined> {
    const quota = await optionalLookup(work, `the quota of images in ${region}`, () => ims.imageQuota());
    if (!quota || quota.used < quota.most) return undefined;
    return (
        `the project has ${quota.used} private images in ${region}, and its quota is ${quota.most} (IMS error IMG.0015): ` +
        "delete images that you no longer need, or ask the cloud to raise the quota"
    );
}

/** Warns when no more image of a server may be made: the cloud does not tell an account's own limit. */
export async function warnOfSwasRoom(work: Work, { swas, region }: AlibabaRegion): Promise<void> {
    const images = await optionalLookup(work, `the custom images of ${region}`, () => swas.ownCustomImages());
    if (!images || images.length < mostSwasImages.count) return;
    work.warn(`the account has ${images.length} custom images in ${region}, and ${explain(mostSwasImages)}`);
}

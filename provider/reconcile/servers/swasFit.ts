import type { AlibabaRegion } from "../../clouds/connect";
import { closestWord } from "../../core/closestWord";
import type { HandlerContext, Problem } from "../../pulumi/dynamic/handler";
import { optionalLookup } from "../optionalLookup";

type Work = Pick<HandlerContext, "clouds" | "warn">;

/** How many plans an error suggests. */
const mostNamed = 3;

/**
 * Why a server cannot have this plan, or not with this image if it is known. The list of custom images does not contain
 * public images: the cloud checks those.
 */
export async function swasPlanProblems(
    work: Work,
    { swas, region }: AlibabaRegion,
    wanted: { plan: string; image?: string },
): Promise<Problem[]> {
    const { image: imageId } = wanted;
    const [plans, image] = await Promise.all([
        optionalLookup(work, `the plans of ${region}`, () => swas.plans(undefined)),
        imageId === undefined
            ? undefined
            : optionalLookup(work, `the custom images of ${region}`, () => swas.customImage(imageId)),
    ]);
    if (!plans) return [];
    const { requiredSystemDiskGiB: systemGiB = 0, osType } = image ?? {};
    const runs = (platforms: readonly string[]) =>
        osType === undefined || platforms.length === 0 || platforms.includes(osType);
    const fitting = plans
        .filter(({ diskSizeGiB, platforms }) => diskSizeGiB >= systemGiB && runs(platforms))
        .map(({ planId }) => planId);
    const closest = closestWord(wanted.plan, fitting);
    const names = [...new Set([...(closest === undefined ? [] : [closest]), ...fitting])].slice(0, mostNamed);
    const which = imageId === undefined ? "a plan that is offered" : "a plan that fits";
    const choice = names.length > 0 ? `choose ${which}, such as ${names.join(", ")}` : "no plan in this region fits";
    const plan = plans.find(({ planId }) => planId === wanted.plan);
    const problem = (reason: string) => [{ property: "plan", reason: `${reason}: ${choice}` }];
    if (!plan) return problem(`no plan ${wanted.plan} is offered in ${region}`);
    if (plan.diskSizeGiB < systemGiB) {
        return problem(
            `plan ${wanted.plan} has a system disk of ${plan.diskSizeGiB} GiB, but image ${imageId} requires ${systemGiB} GiB`,
        );
    }
    if (runs(plan.platforms)) return [];
    return problem(`plan ${wanted.plan} supports ${plan.platforms.join(" and ")}, but image ${imageId} is ${osType}`);
}

/**
 * Warns if the image needs a data disk that the server does not get. The requirement is documented for ResetSystem
 * only.
 */
export async function warnOfDataDisk(
    work: Work,
    { swas, region }: AlibabaRegion,
    wanted: { image: string; dataDiskGiB?: number },
): Promise<void> {
    const image = await optionalLookup(work, `the custom images of ${region}`, () => swas.customImage(wanted.image));
    const dataGiB = image?.requiredDataDiskGiB ?? 0;
    if (dataGiB <= (wanted.dataDiskGiB ?? 0)) return;
    work.warn(
        `image ${wanted.image} has a data disk of ${dataGiB} GiB, but dataDiskGiB is ` +
            `${wanted.dataDiskGiB ?? "not set"}: set it to ${dataGiB} or more. Otherwise, "pulumi up" may fail`,
    );
}

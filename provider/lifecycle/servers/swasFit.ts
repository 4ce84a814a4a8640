import type { AlibabaRegion } from "../../clouds/connect";
import type { Problem, Surroundings } from "../../dynamic/handler";
import { lookAhead } from "../lookAhead";

/** How many other plans are named to who chose none that fits. */
const mostNamed = 3;

/**
 * Why a server cannot be made of this image with this plan. Images of the cloud itself are not in its list of custom
 * images: they are for the cloud to check.
 */
export async function swasFitProblems(
    work: Pick<Surroundings, "clouds" | "warn">,
    { swas, region }: AlibabaRegion,
    wanted: { image: string; plan: string; dataDiskGiB?: number },
): Promise<Problem[]> {
    const [plans, image] = await Promise.all([
        lookAhead(work, `the plans of ${region}`, () => swas.plans(undefined)),
        lookAhead(work, `the custom images of ${region}`, () => swas.customImage(wanted.image)),
    ]);
    const { requiredSystemDiskGiB: systemGiB = 0, requiredDataDiskGiB: dataGiB = 0, osType } = image ?? {};
    // The cloud documents this rule for ResetSystem only.
    if (dataGiB > (wanted.dataDiskGiB ?? 0)) {
        work.warn(
            `image ${wanted.image} has a data disk of ${dataGiB} GiB and the server is to have ` +
                `${wanted.dataDiskGiB ?? "none"}: set dataDiskGiB to ${dataGiB} or more, or up may be refused`,
        );
    }
    if (!plans) return [];
    const runs = (platforms: readonly string[]) =>
        osType === undefined || platforms.length === 0 || platforms.includes(osType);
    const fitting = plans.filter(({ diskSizeGiB, platforms }) => diskSizeGiB >= systemGiB && runs(platforms));
    const names = fitting.slice(0, mostNamed).map(({ planId }) => planId);
    const choice = names.length > 0 ? `choose one that fits, such as ${names.join(", ")}` : "no plan there fits it";
    const plan = plans.find(({ planId }) => planId === wanted.plan);
    const problem = (reason: string) => [{ property: "plan", reason: `${reason}: ${choice}` }];
    if (!plan) return problem(`no plan ${wanted.plan} is offered in ${region}`);
    if (plan.diskSizeGiB < systemGiB) {
        return problem(
            `plan ${wanted.plan} has a system disk of ${plan.diskSizeGiB} GiB and image ${wanted.image} needs ${systemGiB} GiB`,
        );
    }
    if (runs(plan.platforms)) return [];
    return problem(`plan ${wanted.plan} is for ${plan.platforms.join(" and ")} and image ${wanted.image} is ${osType}`);
}

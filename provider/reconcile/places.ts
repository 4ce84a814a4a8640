import type { AlibabaCloud, Cloud, HuaweiCloud } from "../clouds/cloud";
import { CloudError, UserError } from "../clouds/errors";
import { closestWord } from "../core/closestWord";
import type { HandlerContext, Problem } from "../pulumi/dynamic/handler";
import { optionalLookup } from "./optionalLookup";

type Work = Pick<HandlerContext, "clouds" | "warn">;

/** The services of Alibaba Cloud that have regions of their own. */
type AlibabaService = "swas" | "ecs";

const serviceNames: Record<AlibabaService, string> = { swas: "Simple Application Server", ecs: "ECS" };

/** A region that every account may ask: the host of a region that does not exist has no address. */
const home = "cn-hangzhou";

/** What follows the statement that something does not exist. */
export function insteadOf(typed: string, words: readonly string[], mostNamed = 8): string {
    const closest = closestWord(typed, words);
    if (closest !== undefined) return `did you mean "${closest}"?`;
    const named = words.slice(0, mostNamed).join(", ");
    return `it has ${named || "none"}${words.length > mostNamed ? ` and ${words.length - mostNamed} more` : ""}`;
}

/** Why nothing can be in a region; undefined when nothing speaks against it. */
export async function alibabaRegionProblem(
    work: Work,
    cloud: AlibabaCloud,
    { service, region = cloud.region }: { service: AlibabaService; region?: string },
): Promise<string | undefined> {
    const asked = (await work.clouds.alibaba(cloud)).elsewhere(home);
    const ids = await optionalLookup(work, `the regions of ${serviceNames[service]}`, () =>
        asked[service].regionIds(undefined),
    );
    if (!ids || ids.includes(region)) return undefined;
    return `${serviceNames[service]} has no region ${region}: ${insteadOf(region, ids)}`;
}

/** Why nothing can be in a region of Huawei Cloud: the account has a project of that name in each of its regions. */
export async function huaweiRegionProblem(work: Work, cloud: HuaweiCloud): Promise<string | undefined> {
    const region = await work.clouds.huawei(cloud);
    const names = await optionalLookup(work, "the projects of the account", () => region.projectNames());
    if (!names || names.includes(cloud.region)) return undefined;
    const regions = names.filter((name) => /^[a-z]{2}-[a-z]+(-[a-z]*\d*)*$/.test(name));
    return `the account has no project in region ${cloud.region}: ${insteadOf(cloud.region, regions)}`;
}

/**
 * Reads something in a region. When that fails, the reason may be that there is no such region.
 *
 * @throws UserError that suggests a region
 */
export async function inExistingRegion<T>(work: Work, cloud: Cloud, read: () => Promise<T>): Promise<T> {
    try {
        return await read();
    } catch (error) {
        const isOfCloud = error instanceof CloudError || error instanceof UserError;
        const problems = isOfCloud ? await regionProblems(work, cloud, "swas").catch(() => []) : [];
        const [problem] = problems;
        throw problem ? new UserError(problem.reason, { cause: error }) : error;
    }
}

/** The same of whatever cloud the resource names. */
export async function regionProblems(work: Work, cloud: Cloud, service: AlibabaService): Promise<Problem[]> {
    const reason = await (cloud.type === "alibaba"
        ? alibabaRegionProblem(work, cloud, { service })
        : huaweiRegionProblem(work, cloud));
    return reason === undefined ? [] : [{ property: "cloud.region", reason }];
}

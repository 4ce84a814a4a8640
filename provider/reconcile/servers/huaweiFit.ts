import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { CheckContext, HandlerContext, Problem } from "../../pulumi/dynamic/handler";
import { backupBehind } from "../images/fullEcsImages";
import { type GivenImage, huaweiImagesOf, missingImageProblems } from "../images/missingImage";
import { optionalLookup } from "../optionalLookup";
import { insteadOf } from "../places";

type Work = Pick<HandlerContext, "clouds" | "warn">;
type CheckWork = Pick<CheckContext, "clouds" | "warn" | "isPreview">;

const findImage = (work: Work, { ims, region }: HuaweiRegion, id: string) =>
    optionalLookup(work, `the images of ${region}`, async () => ({ image: await ims.image(id) }));

/** Why no server can be made of the image, or not with this system disk. */
export async function huaweiImageProblems(
    work: CheckWork,
    region: HuaweiRegion,
    wanted: Omit<GivenImage, "imageFacts"> & { systemDisk?: { sizeGiB?: number } },
): Promise<Problem[]> {
    const { image: id, systemDisk } = wanted;
    const found = await findImage(work, region, id);
    if (!found) return [];
    if (!found.image) return missingImageProblems(work, huaweiImagesOf(region), wanted);
    const neededGiB = found.image.minDiskGiB ?? 0;
    const sizeGiB = systemDisk?.sizeGiB ?? neededGiB;
    if (sizeGiB >= neededGiB) return [];
    const reason = `is ${sizeGiB} GiB and image ${id} needs ${neededGiB} GiB: set it to ${neededGiB} or more, or leave it out`;
    return [{ property: "systemDisk.sizeGiB", reason }];
}

/** Why no server can have this flavor, or not with this image if that is known. */
export async function huaweiFlavorProblems(
    work: Work,
    region: HuaweiRegion,
    wanted: { flavor: string; image?: string },
): Promise<Problem[]> {
    const { flavor: name, image: id } = wanted;
    const poll = <T>(ask: () => Promise<T>) => optionalLookup(work, `the flavors of ${region.region}`, ask);
    const problem = (reason: string) => [{ property: "flavor", reason }];
    const found = await poll(async () => ({ flavor: await region.servers.flavor(name) }));
    if (!found) return [];
    if (!found.flavor) {
        const others = (await poll(() => region.servers.flavorNames(undefined))) ?? [];
        return problem(`no flavor ${name} in ${region.region}: ${insteadOf(name, others)}`);
    }
    const image = id === undefined ? undefined : await findImage(work, region, id);
    const { ramMiB } = found.flavor;
    const neededMiB = image?.image?.minRamMiB ?? 0;
    if (ramMiB >= neededMiB) return [];
    return problem(
        `flavor ${name} has ${ramMiB} MiB of memory and image ${id} needs ${neededMiB} MiB: choose a larger flavor`,
    );
}

/** Why no server can be in this VPC (ECS error Ecs.0014). */
export async function vpcProblems(work: Work, { networks, region }: HuaweiRegion, id: string): Promise<Problem[]> {
    const poll = <T>(ask: () => Promise<T>) => optionalLookup(work, `the VPCs of ${region}`, ask);
    const found = await poll(async () => ({ vpc: await networks.vpc(id) }));
    if (!found || found.vpc) return [];
    const others = (await poll(() => networks.vpcs())) ?? [];
    const instead = insteadOf(
        id,
        others.map((vpc) => vpc.id),
    );
    return [{ property: "vpc", reason: `no VPC ${id} in ${region}: ${instead}` }];
}

/** Why no server can be in this subnet, or not in this VPC if that is known (ECS error Ecs.0014). */
export async function subnetProblems(
    work: Work,
    { networks, region }: HuaweiRegion,
    wanted: { subnet: string; vpc?: string },
): Promise<Problem[]> {
    const poll = <T>(ask: () => Promise<T>) => optionalLookup(work, `the subnets of ${region}`, ask);
    const problem = (reason: string) => [{ property: "subnet", reason }];
    const found = await poll(async () => ({
        subnet: await networks.subnet(wanted.subnet),
        // Of a VPC that does not exist, the other check tells.
        vpc: wanted.vpc === undefined ? undefined : await networks.vpc(wanted.vpc),
    }));
    if (!found) return [];
    const { subnet, vpc } = found;
    if (subnet) {
        const isElsewhere = vpc !== undefined && subnet.vpcId !== undefined && subnet.vpcId !== vpc.id;
        const where = `subnet ${wanted.subnet} is in VPC ${subnet.vpcId}, not in ${wanted.vpc}`;
        return isElsewhere ? problem(`${where}: name a subnet of the VPC`) : [];
    }
    const others = (await poll(() => networks.subnets())) ?? [];
    const instead = insteadOf(
        wanted.subnet,
        others.map(({ id }) => id),
    );
    return problem(`no subnet ${wanted.subnet} in ${region}: ${instead}`);
}

/** Why no server of this image can be in this zone. */
export async function zoneProblems(
    work: Work,
    region: HuaweiRegion,
    { zone, image: id }: { zone: string; image: string },
): Promise<Problem[]> {
    const image = (await findImage(work, region, id))?.image;
    if (!image?.wholeImage) return [];
    const backup = await optionalLookup(work, `the backups of ${region.region}`, () => backupBehind(region, image));
    const isOnlyInZone = backup !== undefined && backup.status !== "available";
    if (!isOnlyInZone || backup.availabilityZone === zone) return [];
    const reason =
        `image ${id} is available in ${backup.availabilityZone} only, so it can be used to make servers there only ` +
        "(docs/reference/full-ecs-images.md#availability): use that zone, or wait until its backup is complete";
    return [{ property: "availabilityZone", reason }];
}

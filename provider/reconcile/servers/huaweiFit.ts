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

/** Why no server can be created from the image, or not with this system disk. */
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
    const reason = `is ${sizeGiB} GiB, but image ${id} requires ${neededGiB} GiB: set it to ${neededGiB} or more, or remove it`;
    return [{ property: "systemDisk.sizeGiB", reason }];
}

/** Why no server can have this flavor, or not with this image if it is known. */
export async function huaweiFlavorProblems(
    work: Work,
    region: HuaweiRegion,
    wanted: { flavor: string; image?: string },
): Promise<Problem[]> {
    const { flavor: name, image: id } = wanted;
    const lookup = <T>(ask: () => Promise<T>) => optionalLookup(work, `the flavors of ${region.region}`, ask);
    const problem = (reason: string) => [{ property: "flavor", reason }];
    const found = await lookup(async () => ({ flavor: await region.servers.flavor(name) }));
    if (!found) return [];
    if (!found.flavor) {
        const others = (await lookup(() => region.servers.flavorNames(undefined))) ?? [];
        return problem(`no flavor ${name} in ${region.region}: ${insteadOf(name, others)}`);
    }
    const image = id === undefined ? undefined : await findImage(work, region, id);
    const { ramMiB } = found.flavor;
    const neededMiB = image?.image?.minRamMiB ?? 0;
    if (ramMiB >= neededMiB) return [];
    return problem(
        `flavor ${name} has ${ramMiB} MiB of memory, but image ${id} requires ${neededMiB} MiB: choose a larger flavor`,
    );
}

/** Why no server can be in this VPC (ECS error Ecs.0014). */
export async function vpcProblems(work: Work, { networks, region }: HuaweiRegion, id: string): Promise<Problem[]> {
    const lookup = <T>(ask: () => Promise<T>) => optionalLookup(work, `the VPCs of ${region}`, ask);
    const found = await lookup(async () => ({ vpc: await networks.vpc(id) }));
    if (!found || found.vpc) return [];
    const others = (await lookup(() => networks.vpcs())) ?? [];
    const instead = insteadOf(
        id,
        others.map((vpc) => vpc.id),
    );
    return [{ property: "vpc", reason: `no VPC ${id} in ${region}: ${instead}` }];
}

/** Why no server can be in this subnet, or not in this VPC if it is known (ECS error Ecs.0014). */
export async function subnetProblems(
    work: Work,
    { networks, region }: HuaweiRegion,
    wanted: { subnet: string; vpc?: string },
): Promise<Problem[]> {
    const lookup = <T>(ask: () => Promise<T>) => optionalLookup(work, `the subnets of ${region}`, ask);
    const problem = (reason: string) => [{ property: "subnet", reason }];
    const found = await lookup(async () => ({
        subnet: await networks.subnet(wanted.subnet),
        // Another check reports a VPC that does not exist.
        vpc: wanted.vpc === undefined ? undefined : await networks.vpc(wanted.vpc),
    }));
    if (!found) return [];
    const { subnet, vpc } = found;
    if (subnet) {
        const isElsewhere = vpc !== undefined && subnet.vpcId !== undefined && subnet.vpcId !== vpc.id;
        const where = `subnet ${wanted.subnet} is in VPC ${subnet.vpcId}, not in ${wanted.vpc}`;
        return isElsewhere ? problem(`${where}: use a subnet of that VPC`) : [];
    }
    const others = (await lookup(() => networks.subnets())) ?? [];
    const instead = insteadOf(
        wanted.subnet,
        others.map(({ id }) => id),
    );
    return problem(`no subnet ${wanted.subnet} in ${region}: ${instead}`);
}

/** Why no server from this image can be in this availability zone. */
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
        `image ${id} is available only in ${backup.availabilityZone}, so servers can be created from it only there ` +
        "(docs/reference/full-ecs-images.md#availability): use that availability zone, or wait until the image's backup is complete";
    return [{ property: "availabilityZone", reason }];
}

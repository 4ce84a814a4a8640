import type { AlibabaRegion } from "../../clouds/connect";
import type { HandlerContext, Problem } from "../../pulumi/dynamic/handler";
import { optionalLookup } from "../optionalLookup";
import { insteadOf } from "../places";

type Work = Pick<HandlerContext, "clouds" | "warn">;

/** Why no instance can have this type (RunInstances, error InvalidInstanceType.ValueNotSupported). */
export async function instanceTypeProblems(work: Work, { ecs, region }: AlibabaRegion, id: string): Promise<Problem[]> {
    const lookup = <T>(ask: () => Promise<T>) => optionalLookup(work, `the instance types of ${region}`, ask);
    const found = await lookup(async () => ({ type: await ecs.offeredInstanceType(id) }));
    if (!found) return [];
    if (found.type?.isSoldOut) work.warn(`instance type ${id} is sold out in ${region}, so "pulumi up" may fail`);
    if (found.type) return [];
    const others = (await lookup(() => ecs.offeredInstanceTypes(undefined))) ?? [];
    const instead = insteadOf(
        id,
        others.map((type) => type.id),
    );
    return [{ property: "instanceType", reason: `no instance type ${id} is offered in ${region}: ${instead}` }];
}

/** Why no instance can have this security group (RunInstances, error InvalidSecurityGroupId.NotFound). */
export async function securityGroupProblems(
    work: Work,
    { ecs, region }: AlibabaRegion,
    id: string,
): Promise<Problem[]> {
    const lookup = <T>(ask: () => Promise<T>) => optionalLookup(work, `the security groups of ${region}`, ask);
    const found = await lookup(async () => ({ group: await ecs.securityGroup(id) }));
    if (!found || found.group) return [];
    const others = (await lookup(() => ecs.securityGroups())) ?? [];
    const instead = insteadOf(
        id,
        others.map(({ securityGroupId }) => securityGroupId),
    );
    return [{ property: "securityGroup", reason: `no security group ${id} in ${region}: ${instead}` }];
}

/** Why no instance can be in this VSwitch (RunInstances, error InvalidVSwitchId.NotFound). */
export async function vSwitchProblems(work: Work, { vpc, region }: AlibabaRegion, id: string): Promise<Problem[]> {
    const lookup = <T>(ask: () => Promise<T>) => optionalLookup(work, `the VSwitches of ${region}`, ask);
    const found = await lookup(async () => ({ vSwitch: await vpc.vSwitch(id) }));
    if (!found || found.vSwitch) return [];
    const others = (await lookup(() => vpc.vSwitches())) ?? [];
    const instead = insteadOf(
        id,
        others.map(({ vSwitchId }) => vSwitchId),
    );
    return [{ property: "vSwitch", reason: `no VSwitch ${id} in ${region}: ${instead}` }];
}

/** Why a security group and a VSwitch cannot be combined (RunInstances, error InvalidParameter.Mismatch). */
export async function sameVpcProblems(
    work: Work,
    { ecs, vpc, region }: AlibabaRegion,
    wanted: { securityGroup: string; vSwitch: string },
): Promise<Problem[]> {
    const found = await optionalLookup(work, `the networks of ${region}`, async () => ({
        groupVpc: (await ecs.securityGroup(wanted.securityGroup))?.vpcId,
        switchVpc: (await vpc.vSwitch(wanted.vSwitch))?.vpcId,
    }));
    const { groupVpc, switchVpc } = found ?? {};
    if (groupVpc === undefined || switchVpc === undefined || groupVpc === switchVpc) return [];
    const reason =
        `security group ${wanted.securityGroup} is in ${groupVpc}, and VSwitch ${wanted.vSwitch} is in ${switchVpc}: ` +
        "use a security group and a VSwitch of the same VPC";
    return [{ property: "securityGroup", reason }];
}

/** Why an instance cannot have a system disk of this size (RunInstances: not smaller than the image). */
export async function ecsFitProblems(
    work: Work,
    { ecs, region }: AlibabaRegion,
    wanted: { image: string; systemDiskGiB: number },
): Promise<Problem[]> {
    const { image: id, systemDiskGiB } = wanted;
    const image = await optionalLookup(
        work,
        `the images of ECS in ${region}`,
        async () => (await ecs.ownImage(id)) ?? (await ecs.sharedImage(id)),
    );
    // An image whose share is only planned is not visible yet.
    const neededGiB = image?.disks.find(({ type }) => type === "system")?.sizeGiB ?? image?.sizeGiB ?? 0;
    if (systemDiskGiB >= neededGiB) return [];
    const reason = `is ${systemDiskGiB} GiB, but image ${id} requires ${neededGiB} GiB: set it to ${neededGiB} or more, or remove it`;
    return [{ property: "systemDiskGiB", reason }];
}

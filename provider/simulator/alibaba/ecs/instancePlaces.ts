import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { type Placement, securityGroupsIn, vSwitchesIn } from "../networks";
import { regionNamed } from "../regions";
import { ecsRules } from "./ecsRules";
import { instanceTypeNamed } from "./instanceTypes";
import { ecsInstanceKind } from "./models";

/**
 * Whether an existing instance names the id. Data files from before networks were part of a world contain such ids;
 * they count as existing.
 */
function isInUse({ store }: Caller, id: string): boolean {
    return store
        .list(ecsInstanceKind)
        .some(({ value }) => value.vSwitchId === id || value.securityGroupIds.includes(id));
}

function find(caller: Caller, id: string, placements: readonly Placement[]): Placement | "in use" | undefined {
    return placements.find((placement) => placement.id === id) ?? (isInUse(caller, id) ? "in use" : undefined);
}

/**
 * The placement of a new instance. Rejects instance types, security groups and vSwitches that do not exist. Without a
 * vSwitch, the instance is in the region's default zone.
 */
export function placeOf(
    caller: Caller,
    wanted: { instanceType: string; zone?: string; vSwitchId: string; securityGroupIds: readonly string[] },
): { zone: string } {
    const { sim, account, region } = caller;
    if (!instanceTypeNamed(wanted.instanceType)) throw apiError(ecsRules.unknownInstanceType);
    const groups = securityGroupsIn(sim, { account, region });
    const found = wanted.securityGroupIds.map((id) => find(caller, id, groups));
    if (found.includes(undefined)) throw apiError(ecsRules.unknownSecurityGroup);
    const zone = wanted.zone ?? regionNamed(region).zone;
    if (wanted.vSwitchId === "") return { zone };
    const vSwitch = find(caller, wanted.vSwitchId, vSwitchesIn(sim, { account, region }));
    if (!vSwitch) throw apiError(ecsRules.unknownVSwitch);
    if (vSwitch === "in use") return { zone };
    const isElsewhere = found.some((group) => typeof group === "object" && group.vpcId !== vSwitch.vpcId);
    if (isElsewhere) throw apiError(ecsRules.otherVpc);
    return { zone: wanted.zone ?? vSwitch.zone };
}

import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { jsonList, required, text } from "../gateway/parameters";
import { securityGroupsIn } from "../networks";

/** Lists the security groups of the world. */
export const describeSecurityGroups = operation({
    name: "DescribeSecurityGroups",
    reads: true,
    parameters: {
        RegionId: required(text()),
        SecurityGroupId: text({ isId: true }),
        SecurityGroupIds: jsonList({ max: 100, isId: true }),
        VpcId: text(),
        SecurityGroupName: text(),
        ...pageParameters(100),
    },
    run: ({ sim, account, region }, params) => {
        const found = securityGroupsIn(sim, { account, region }).filter(
            ({ id, vpcId }) =>
                (params.SecurityGroupIds?.includes(id) ?? true) &&
                (params.SecurityGroupId ?? id) === id &&
                (params.SecurityGroupName ?? id) === id &&
                (params.VpcId ?? vpcId) === vpcId,
        );
        const { items, paging } = pageOf(found, params);
        const SecurityGroup = items.map(({ id, vpcId }) => ({
            SecurityGroupId: id,
            SecurityGroupName: id,
            Description: "",
            VpcId: vpcId,
            SecurityGroupType: "normal",
            Tags: { Tag: [] },
        }));
        return { ...paging, RegionId: region, SecurityGroups: { SecurityGroup } };
    },
});

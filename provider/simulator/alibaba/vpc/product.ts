import { apiError } from "../../core/errorRule";
import { operation, type Product } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { required, text } from "../gateway/parameters";
import { networksIn, type Placement, vSwitchesIn } from "../networks";
import { vpcRules } from "./vpcRules";

function shownVSwitch({ id, vpcId, zone }: Placement) {
    return {
        VSwitchId: id,
        VSwitchName: id,
        VpcId: vpcId,
        ZoneId: zone,
        Status: "Available",
        CidrBlock: "172.16.0.0/16",
        AvailableIpAddressCount: 65_532,
        Description: "",
        IsDefault: false,
    };
}

/** Several ids in one parameter are separated by commas. */
const isWanted = (wanted: string | undefined, id: string): boolean =>
    wanted === undefined || wanted.split(",").includes(id);

const describeVSwitches = operation({
    name: "DescribeVSwitches",
    reads: true,
    parameters: {
        RegionId: required(text()),
        VSwitchId: text({ isId: true }),
        VpcId: text(),
        ZoneId: text(),
        VSwitchName: text(),
        ...pageParameters(50),
    },
    run: ({ sim, account, region }, params) => {
        const found = vSwitchesIn(sim, { account, region }).filter(
            ({ id, vpcId, zone }) =>
                isWanted(params.VSwitchId, id) &&
                (params.VpcId ?? vpcId) === vpcId &&
                (params.ZoneId ?? zone) === zone &&
                (params.VSwitchName ?? id) === id,
        );
        const { items, paging } = pageOf(found, params);
        return { ...paging, VSwitches: { VSwitch: items.map(shownVSwitch) } };
    },
});

const describeVSwitchAttributes = operation({
    name: "DescribeVSwitchAttributes",
    reads: true,
    parameters: { RegionId: required(text()), VSwitchId: required(text({ isId: true })) },
    run: ({ sim, account, region }, params) => {
        const found = vSwitchesIn(sim, { account, region }).find(({ id }) => id === params.VSwitchId);
        if (!found) throw apiError(vpcRules.unknownVSwitch);
        return shownVSwitch(found);
    },
});

const describeVpcs = operation({
    name: "DescribeVpcs",
    reads: true,
    parameters: { RegionId: required(text()), VpcId: text({ isId: true }), VpcName: text(), ...pageParameters(50) },
    run: ({ sim, account, region }, params) => {
        const found = networksIn(sim, { account, region }).filter(
            ({ id }) => isWanted(params.VpcId, id) && (params.VpcName ?? id) === id,
        );
        const { items, paging } = pageOf(found, params);
        const Vpc = items.map(({ id, vSwitches }) => ({
            VpcId: id,
            VpcName: id,
            RegionId: region,
            Status: "Available",
            CidrBlock: "172.16.0.0/12",
            VSwitchIds: { VSwitchId: vSwitches.map((one) => one.id) },
            Description: "",
            IsDefault: false,
        }));
        return { ...paging, Vpcs: { Vpc } };
    },
});

/** Virtual Private Cloud: reads the networks of the world. No operation changes them. */
export const vpc: Product = {
    name: "vpc",
    version: "2016-04-28",
    hostId: (region) => (region ? `vpc.${region}.aliyuncs.com` : "vpc.aliyuncs.com"),
    operations: [describeVpcs, describeVSwitches, describeVSwitchAttributes],
};

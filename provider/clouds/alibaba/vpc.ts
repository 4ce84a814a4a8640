import { z } from "zod";
import { list, optionalNumber, optionalText, text } from "../answerFields";
import { remembered } from "../remembered";
import type { AlibabaConnection } from "./connection";
import { unlessMissing } from "./failures";
import { listTogether } from "./paging";
import { openRpc } from "./rpc";

const vSwitch = z
    .object({ VSwitchId: text, VSwitchName: optionalText, VpcId: optionalText, ZoneId: optionalText })
    .transform((found) => ({
        vSwitchId: found.VSwitchId,
        name: found.VSwitchName,
        vpcId: found.VpcId,
        zoneId: found.ZoneId,
    }));

const vSwitchPage = z
    .object({ VSwitches: z.object({ VSwitch: list(vSwitch) }), TotalCount: optionalNumber })
    .transform(({ VSwitches, TotalCount }) => ({ items: VSwitches.VSwitch, total: TotalCount }));

const vpc = z
    .object({ VpcId: text, VpcName: optionalText })
    .transform((found) => ({ vpcId: found.VpcId, name: found.VpcName }));

const vpcPage = z
    .object({ Vpcs: z.object({ Vpc: list(vpc) }), TotalCount: optionalNumber })
    .transform(({ Vpcs, TotalCount }) => ({ items: Vpcs.Vpc, total: TotalCount }));

/** The largest page of these lists. */
const pageSize = 50;

export type VSwitch = z.output<typeof vSwitch>;
export type VpcClient = ReturnType<typeof vpcClient>;

/**
 * Virtual Private Cloud (2016-04-28) in one region: the networks that servers are connected to.
 *
 * @throws CloudError from every method, with VPC's own code
 */
export function vpcClient(connection: AlibabaConnection, region: string) {
    const rpc = openRpc(connection, "vpc", region);
    return {
        /** One VSwitch, as of the first request of this process; undefined if it does not exist. */
        vSwitch: remembered<string, VSwitch | undefined>(async (id) => {
            const found = await unlessMissing(/^InvalidV[Ss]witchI[Dd]/, () =>
                rpc.ask({
                    action: "DescribeVSwitches",
                    query: { VSwitchId: id },
                    answer: vSwitchPage,
                    idempotent: true,
                }),
            );
            return found?.items.find(({ vSwitchId }) => vSwitchId === id);
        }),

        /** Every VSwitch. Simultaneous calls are joined. */
        vSwitches: listTogether(rpc, { action: "DescribeVSwitches", page: vSwitchPage, pageSize }),

        /** Every VPC. Simultaneous calls are joined. */
        vpcs: listTogether(rpc, { action: "DescribeVpcs", page: vpcPage, pageSize }),
    };
}

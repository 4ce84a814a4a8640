import type { vpcRules } from "../../../../provider/dist/simulator/alibaba/vpc/vpcRules.js";
import { SignedClient } from "../signedClient.ts";
import { golden } from "../simulated.ts";
import type { RowsOf } from "./row.ts";

export const vpcRows: RowsOf<typeof vpcRules> = {
    unknownVSwitch: {
        says: "404 InvalidVswitchID.NotFound Specified virtual switch does not exist.",
        by: ({ simulator }) =>
            new SignedClient(simulator.url, golden, "vpc").call("DescribeVSwitchAttributes", { VSwitchId: "vsw-none" }),
    },
};

import type { vpcRules } from "../../../../provider/dist/simulator/huawei/vpc/vpcRules.js";
import { partner } from "../client.ts";
import type { RowsOf } from "./row.ts";

export const vpcRows: RowsOf<typeof vpcRules> = {
    projectMismatch: {
        says: "400 VPC.0007 urlTenantId is not equal tokenTenantId",
        by: ({ golden: client }) => client.get(`/v1/${partner.project}/vpcs`),
    },
    vpcMissing: {
        says: "404 VPC.0003 VPC does not exist.",
        by: ({ golden: client }) => client.get("/v1/{pid}/vpcs/none"),
    },
    missing: {
        says: "404 VPC.0202 Query resource by id fail.",
        by: ({ golden: client }) => client.get("/v1/{pid}/subnets/none"),
    },
};

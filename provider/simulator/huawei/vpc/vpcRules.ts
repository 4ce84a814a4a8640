import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-servers.md#vpc-error-codes");

/** Refusals of VPC. */
export const vpcRules = {
    projectMismatch: documented(
        "VPC: the project of the path is the caller's",
        "VPC.0007",
        "urlTenantId is not equal tokenTenantId",
    ),
    vpcMissing: documented("the VPC exists", "VPC.0003", "VPC does not exist.", 404),
    missing: chosen(
        "the subnet or security group exists",
        "the status is the service's for what does not exist; the code is from memory",
        "VPC.0202",
        "Query resource by id fail.",
        404,
    ),
};

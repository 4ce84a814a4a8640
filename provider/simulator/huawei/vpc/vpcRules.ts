import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-servers.md#vpc-error-codes");

/** Errors of VPC. */
export const vpcRules = {
    projectMismatch: documented(
        "VPC: the project in the path is not the caller's project",
        "VPC.0007",
        "urlTenantId is not equal tokenTenantId",
    ),
    vpcMissing: documented("the VPC does not exist", "VPC.0003", "VPC does not exist.", 404),
    missing: assumed(
        "the subnet or security group does not exist",
        "the status is the service's status for unknown objects; the code is unverified",
        "VPC.0202",
        "Query resource by id fail.",
        404,
    ),
};

import type { Operation } from "../gateway/operation";
import { servers } from "../models/server";
import { networksIn, worldSecurityGroup } from "../networks";
import { refuse } from "../rules";
import type { ServerRequest } from "./serverRequest";
import { serverRules } from "./serverRules";

/**
 * @throws ApiError for a VPC, subnet or security group that does not exist. Networks that servers of the project use
 * count as existing
 */
export function checkNetworks(operation: Operation, request: ServerRequest): void {
    const { sim, store, caller, project } = operation;
    const { domain } = caller;
    const { region } = project;
    const inUse = () => store.list(servers).map(({ value }) => value);
    const vpc = networksIn(sim, { domain, region }).find(({ id }) => id === request.vpcid);
    if (!vpc && !inUse().some(({ vpcId }) => vpcId === request.vpcid)) throw refuse(serverRules.network, request.vpcid);
    for (const { subnet_id: subnet } of request.nics) {
        const exists =
            vpc?.subnets.some(({ id }) => id === subnet) ||
            inUse().some(
                ({ vpcId, nics }) => vpcId === request.vpcid && nics.some(({ subnetId }) => subnetId === subnet),
            );
        if (!exists) throw refuse(serverRules.network, subnet);
    }
    for (const { id } of request.security_groups ?? []) {
        const exists =
            id === worldSecurityGroup({ name: domain.name, region }) ||
            inUse().some(({ securityGroups }) => securityGroups.includes(id));
        if (!exists) throw refuse(serverRules.network, id);
    }
}

import { serverRules } from "../ecs/serverRules";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import type { ErrorBody, Service } from "../gateway/service";
import { type Network, networksIn, worldSecurityGroup } from "../networks";
import { refuse } from "../rules";
import { vpcRules } from "./vpcRules";

const errorBody: ErrorBody = ({ code, message }) => ({ code, message });

const vpc: Service = {
    name: "vpc",
    malformedBody: serverRules.malformedBody,
    projectMismatch: vpcRules.projectMismatch,
    errorBody,
};

const networks = ({ sim, caller, project }: Operation): Network[] =>
    networksIn(sim, { domain: caller.domain, region: project.region });

const shownVpc = (id: string) => ({
    id,
    name: id,
    description: "",
    cidr: "192.168.0.0/16",
    status: "OK",
    routes: [],
    enable_shared_snat: false,
});

const shownSubnet = (id: string, vpcId: string) => ({
    id,
    name: id,
    description: "",
    cidr: "192.168.0.0/16",
    gateway_ip: "192.168.0.1",
    dhcp_enable: true,
    status: "ACTIVE",
    vpc_id: vpcId,
    neutron_network_id: id,
    neutron_subnet_id: id,
});

const subnets = (operation: Operation) =>
    networks(operation).flatMap(({ id: vpcId, subnets: inside }) => inside.map(({ id }) => shownSubnet(id, vpcId)));

const securityGroups = ({ caller, project }: Operation) => [
    { id: worldSecurityGroup({ name: caller.domain.name, region: project.region }), name: "default", description: "" },
];

/** The page after the marker. */
function page<T extends { id: string }>({ query }: Operation, name: string, all: readonly T[]): Reply {
    const vpcId = query.get("vpc_id");
    const found = all.filter((one) => vpcId === null || !("vpc_id" in one) || one.vpc_id === vpcId);
    const marker = query.get("marker");
    const start = marker === null ? 0 : found.findIndex(({ id }) => id === marker) + 1;
    const limit = Number(query.get("limit") ?? 2000);
    return ok({ [name]: found.slice(start, start + limit) });
}

function one<T extends { id: string }>(name: string, id: string, all: readonly T[]): Reply {
    const found = all.find((candidate) => candidate.id === id);
    if (found) return ok({ [name]: found });
    throw refuse(name === "vpc" ? vpcRules.vpcMissing : vpcRules.missing, id);
}

const vpcs = (operation: Operation) => networks(operation).map(({ id }) => shownVpc(id));

const queries = [
    {
        path: "/v1/{project_id}/vpcs",
        operation: "ListVpcs",
        handler: (operation: Operation) => page(operation, "vpcs", vpcs(operation)),
    },
    {
        path: "/v1/{project_id}/vpcs/{vpc_id}",
        operation: "ShowVpc",
        handler: (operation: Operation) => one("vpc", operation.param("vpc_id"), vpcs(operation)),
    },
    {
        path: "/v1/{project_id}/subnets",
        operation: "ListSubnets",
        handler: (operation: Operation) => page(operation, "subnets", subnets(operation)),
    },
    {
        path: "/v1/{project_id}/subnets/{subnet_id}",
        operation: "ShowSubnet",
        handler: (operation: Operation) => one("subnet", operation.param("subnet_id"), subnets(operation)),
    },
    {
        path: "/v1/{project_id}/security-groups",
        operation: "ListSecurityGroups",
        handler: (operation: Operation) => page(operation, "security_groups", securityGroups(operation)),
    },
    {
        path: "/v1/{project_id}/security-groups/{security_group_id}",
        operation: "ShowSecurityGroup",
        handler: (operation: Operation) =>
            one("security_group", operation.param("security_group_id"), securityGroups(operation)),
    },
] as const;

/** Virtual Private Cloud: reads the networks of the world. No operation changes them. */
export const vpcRoutes: readonly Route[] = queries.map((query) => ({
    ...query,
    method: "GET",
    service: vpc,
    isRead: true,
}));

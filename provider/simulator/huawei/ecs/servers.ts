import { filtered, reversed, type Sliced } from "../../core/slices";
import { equal, type Filters, includes, matchesNothing, numberOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Server, servers } from "../models/server";
import { stored } from "../models/shelved";
import { refuse } from "../rules";
import { isLagging, isListed, isShown } from "../visibility";
import { ownServer } from "./ownServers";
import { serverDocument } from "./serverDocument";
import { serverRules } from "./serverRules";
import { ecs } from "./service";

/** name and ip match in part; tags are "key=value" or a key alone (docs/reference/huawei-servers.md#server-fields). */
const filters: Filters<Server> = {
    id: equal((server) => server.id),
    server_id: equal((server) => server.id),
    name: includes((server) => server.name),
    status: equal((server) => server.status),
    flavor: equal((server) => server.flavor),
    ip: ({ nics }, wanted) => nics.some(({ address }) => address.includes(wanted)),
    ip_eq: ({ nics }, wanted) => nics.some(({ address }) => address === wanted),
    tags: hasTags,
    "not-tags": (server, wanted) => !hasTags(server, wanted),
    enterprise_project_id: (_, wanted) => wanted === "0" || wanted === "all_granted_eps",
    availability_zone: equal((server) => server.availabilityZone),
    image: equal((server) => server.image.id),
    reservation_id: matchesNothing,
};

function hasTags({ tags }: Server, wanted: string): boolean {
    return wanted.split(",").every((one) => tags.some((tag) => tag === one || tag.startsWith(`${one}=`)));
}

/** The servers that match a list query, newest first. */
export function foundServers({ store, query }: Operation): Sliced<Server> {
    const found = reversed(select(stored(store, servers), query, filters));
    return filtered(found, [isLagging(store) && (({ id }) => isListed(store, id))]);
}

function listServers(operation: Operation): Reply {
    const { store, query } = operation;
    const found = foundServers(operation);
    // offset is the page number, from 1 (docs/reference/huawei-servers.md#server-fields).
    const limit = numberOf(query, "limit", 25) || 25;
    const start = ((numberOf(query, "offset", 1) || 1) - 1) * limit;
    const page = found.slice(start, start + limit).map((server) => serverDocument(store, server));
    return ok({ servers: page, count: found.length });
}

function showServer(operation: Operation): Reply {
    const server = ownServer(operation, operation.param("server_id"));
    if (!isShown(operation.store, server.id)) throw refuse(serverRules.missing, server.id);
    return ok({ server: serverDocument(operation.store, server) });
}

const queries = [
    { path: "/v1/{project_id}/cloudservers/detail", operation: "ListServersDetails", handler: listServers },
    { path: "/v1/{project_id}/cloudservers/{server_id}", operation: "ShowServer", handler: showServer },
] as const;

export const serverRoutes: readonly Route[] = queries.map((query) => ({
    ...query,
    method: "GET",
    service: ecs,
    isRead: true,
}));

import { equal, type Filters, includes, matchesNothing, numberOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Server, servers } from "../holdings/server";
import { ownServer } from "./ownServers";
import { nativeServerDocument, serverDocument } from "./serverDocument";
import { ecs } from "./service";

/** ECSD: name and ip match in part; tags are "key=value" or a key alone. */
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

const foundBy = ({ shelf, query }: Operation): Server[] =>
    select(
        shelf.list(servers).map(({ value }) => value),
        query,
        filters,
    ).reverse();

function listServers(operation: Operation): Reply {
    const { shelf, query } = operation;
    const found = foundBy(operation);
    // offset is the number of the page, from 1 (ECSD).
    const limit = numberOf(query, "limit", 25) || 25;
    const start = ((numberOf(query, "offset", 1) || 1) - 1) * limit;
    const page = found.slice(start, start + limit).map((server) => serverDocument(shelf, server));
    return ok({ servers: page, count: found.length });
}

/** Nova pages by marker. */
function listNative(operation: Operation): Reply {
    const { shelf, query } = operation;
    const found = foundBy(operation);
    const marker = query.get("marker");
    const start = marker === null ? 0 : found.findIndex(({ id }) => id === marker) + 1;
    const page = found.slice(start, start + (numberOf(query, "limit", 1000) || 1000));
    return ok({ servers: page.map((server) => nativeServerDocument(shelf, server)) });
}

function showServer(operation: Operation): Reply {
    const server = ownServer(operation, operation.param("server_id"));
    return ok({ server: serverDocument(operation.shelf, server) });
}

function showNative(operation: Operation): Reply {
    const server = ownServer(operation, operation.param("server_id"));
    return ok({ server: nativeServerDocument(operation.shelf, server) });
}

const queries = [
    { path: "/v1/{project_id}/cloudservers/detail", operation: "ListServersDetails", handler: listServers },
    { path: "/v1/{project_id}/cloudservers/{server_id}", operation: "ShowServer", handler: showServer },
    { path: "/v2.1/{project_id}/servers/detail", operation: "NovaListServersDetails", handler: listNative },
    { path: "/v2.1/{project_id}/servers/{server_id}", operation: "NovaShowServer", handler: showNative },
] as const;

export const serverRoutes: readonly Route[] = queries.map((query) => ({
    ...query,
    method: "GET",
    service: ecs,
    isRead: true,
}));

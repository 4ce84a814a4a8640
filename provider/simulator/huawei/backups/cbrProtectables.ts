import { equal, type Filters, pageOf, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { disksOf, totalSizeGiB } from "../models/disks";
import { type Server, servers } from "../models/server";
import { stored } from "../models/shelved";
import { vaultOf } from "../models/vaultUse";
import { refuse } from "../rules";
import { cbrRules } from "./backupRules";
import { cbr } from "./service";

const filters: Filters<Server> = {
    id: equal((server) => server.id),
    name: (server, wanted) => server.name.includes(wanted),
    status: equal((server) => server.status),
    server_id: equal((server) => server.id),
};

/** A server with the properties that matter for its backup. */
function document({ store }: Operation, server: Server): Record<string, unknown> {
    const disks = disksOf(store, server.id);
    const vault = vaultOf(store, server.id);
    const children = disks.map((disk) => ({
        id: disk.id,
        name: disk.name,
        type: "OS::Cinder::Volume",
        size: disk.sizeGiB,
        status: disk.status,
    }));
    return {
        id: server.id,
        name: server.name,
        type: "OS::Nova::Server",
        size: totalSizeGiB(disks),
        status: server.status,
        detail: { az: server.availabilityZone, flavor: server.flavor },
        children,
        protectable: {
            result: vault === undefined,
            code: vault ? cbrRules.alreadyInVault.code : "",
            reason: vault ? cbrRules.alreadyInVault.message : "",
            vault: vault?.id ?? null,
        },
    };
}

/** Only servers are simulated; lists of other types are empty. */
function listProtectables(operation: Operation): Reply {
    const isServers = operation.param("protectable_type") === "server";
    const all = isServers ? stored(operation.store, servers) : [];
    const found = select(all, operation.query, filters);
    const instances = pageOf(found, operation.query, 50).map((server) => document(operation, server));
    return ok({ instances });
}

function showProtectable(operation: Operation): Reply {
    const id = operation.param("instance_id");
    const server = operation.param("protectable_type") === "server" ? operation.store.get(servers, id) : undefined;
    if (!server) throw refuse(cbrRules.serverMissing, id);
    return ok({ instance: document(operation, server) });
}

const path = "/v3/{project_id}/protectables/{protectable_type}/instances";

/** Operations on resources that can be added to a vault. */
export const cbrProtectableRoutes: readonly Route[] = [
    { method: "GET", path, service: cbr, operation: "ListProtectable", isRead: true, handler: listProtectables },
    {
        method: "GET",
        path: `${path}/{instance_id}`,
        service: cbr,
        operation: "ShowProtectable",
        isRead: true,
        handler: showProtectable,
    },
];

import type { Sliced } from "../../core/slices";
import { ownServer } from "../ecs/ownServers";
import { updateServer } from "../ecs/serverAttributes";
import { beginServerDeletion } from "../ecs/serverDeletion";
import { foundServers } from "../ecs/servers";
import { afterMarker, numberOf } from "../gateway/filters";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { disksOf } from "../models/disks";
import type { Server } from "../models/server";
import { refuse } from "../rules";
import { linksOf } from "./links";
import { nativeRules } from "./nativeRules";
import { nativeServerDocument } from "./serverDocument";
import { nova } from "./services";

/** Nova pages by marker. */
function page(operation: Operation, view: (server: Server) => Record<string, unknown>): Reply {
    const { query } = operation;
    const found: Sliced<Server> = afterMarker(foundServers(operation), query);
    const limit = numberOf(query, "limit", 1000) || 1000;
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    if (found.length <= limit || !last) return ok({ servers: shown.map(view) });
    const next = new URLSearchParams(query);
    next.set("marker", last.id);
    const [self] = linksOf(operation, "v2.1", "servers", `detail?${next}`);
    return ok({ servers: shown.map(view), servers_links: [{ ...self, rel: "next" }] });
}

const target = (operation: Operation): Server => ownServer(operation, operation.param("server_id"));

function attachments(operation: Operation): Reply {
    const { id: serverId } = target(operation);
    return ok({
        volumeAttachments: disksOf(operation.store, serverId).map(({ id, attachment }) => ({
            id,
            volumeId: id,
            serverId,
            device: attachment.device,
        })),
    });
}

/** Three zones in every region, as the default world names them. */
function zones({ project }: Operation): Reply {
    return ok({
        availabilityZoneInfo: ["01", "02", "03"].map((number) => ({
            zoneName: `${project.region}-${number}`,
            zoneState: { available: true },
            hosts: null,
        })),
    });
}

const all = "/v2.1/{project_id}/servers";
const one = `${all}/{server_id}`;

const queries = [
    {
        path: all,
        operation: "NovaListServers",
        handler: (operation: Operation) =>
            page(operation, ({ id, name }) => ({ id, name, links: linksOf(operation, "v2.1", "servers", id) })),
    },
    {
        path: `${all}/detail`,
        operation: "NovaListServersDetails",
        handler: (operation: Operation) => page(operation, (server) => nativeServerDocument(operation, server)),
    },
    {
        path: one,
        operation: "NovaShowServer",
        handler: (operation: Operation) => ok({ server: nativeServerDocument(operation, target(operation)) }),
    },
    { path: `${one}/os-volume_attachments`, operation: "NovaListServerVolumes", handler: attachments },
    { path: "/v2.1/{project_id}/os-availability-zone", operation: "NovaListAvailabilityZones", handler: zones },
    {
        // OpenStack's own client requests the administrators' list first, and this list if it lacks permission.
        path: "/v2.1/{project_id}/os-availability-zone/detail",
        operation: "NovaShowAvailabilityZones",
        handler: () => {
            throw refuse(nativeRules.administratorsOnly);
        },
    },
] as const;

export const serverRoutes: readonly Route[] = [
    ...queries.map((query): Route => ({ ...query, method: "GET", service: nova, isRead: true })),
    { method: "PUT", path: one, service: nova, operation: "NovaUpdateServer", handler: updateServer },
    {
        method: "DELETE",
        path: one,
        service: nova,
        operation: "NovaDeleteServer",
        handler: (operation) => {
            beginServerDeletion(operation, [operation.param("server_id")], false);
            return noContentReply;
        },
    },
];

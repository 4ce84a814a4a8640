import { addressOf } from "../gateway/address";
import type { Operation } from "../gateway/operation";
import type { Server } from "../models/server";
import { serverDocument } from "./serverDocument";

/** The fields of ShowServer that the answer to an update contains (OTC modifying_ecs_details.rst, table 6). */
const kept = [
    "id",
    "name",
    "status",
    "created",
    "updated",
    "tenant_id",
    "user_id",
    "hostId",
    "progress",
    "accessIPv4",
    "accessIPv6",
    "description",
    "metadata",
    "tags",
    "OS-DCF:diskConfig",
    "OS-EXT-SRV-ATTR:hostname",
] as const;

/** A server in the answer to an update: fewer fields than a query, and the image only by its id. */
export function changedServerDocument({ request, store }: Operation, server: Server): Record<string, unknown> {
    const whole = serverDocument(store, server);
    const links = (path: string) => ({ rel: "bookmark", href: `${addressOf(request)}/${server.projectId}/${path}` });
    const self = `${addressOf(request)}/v2/${server.projectId}/servers/${server.id}`;
    return {
        ...Object.fromEntries(kept.map((name) => [name, whole[name]])),
        image: server.image.id,
        flavor: { id: server.flavor, links: [links(`flavors/${server.flavor}`)] },
        addresses: { [server.vpcId]: server.nics.map(({ address }) => ({ addr: address, version: 4 })) },
        links: [{ rel: "self", href: self }, links(`servers/${server.id}`)],
    };
}

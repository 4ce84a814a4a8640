import { z } from "zod";
import { noContentReply, type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { type Server, servers } from "../models/server";
import { refuse } from "../rules";
import { changedServerDocument } from "./changedServerDocument";
import { ownServer } from "./ownServers";
import { serverRules } from "./serverRules";
import { ecs } from "./service";

const change = z.object({
    server: z.object({
        name: z.string().min(1).max(64).optional(),
        description: z.string().max(85).optional(),
        hostname: z.string().optional(),
    }),
});
const tag = z.object({
    key: z.string().min(1).max(36),
    value: z.string().max(43).optional(),
});
const tagBatch = z.object({ action: z.enum(["create", "delete"]), tags: z.array(tag).min(1) });

/** At most 10 tags for a server (docs/reference/huawei-servers.md#server-fields). */
const maxTags = 10;

const target = (operation: Operation): Server => ownServer(operation, operation.param("server_id"));

export function updateServer(operation: Operation): Reply {
    const { store } = operation;
    const server = target(operation);
    const { name = server.name, description = server.description } = operation.body(change).server;
    store.change(servers, server.id, { name, description });
    return ok({ server: changedServerDocument(operation, { ...server, name, description }) });
}

/** Splits "key=value" at the first equal sign. */
function pairOf(text: string): { key: string; value: string } {
    const [key = "", ...value] = text.split("=");
    return { key, value: value.join("=") };
}

function actOnTags(operation: Operation): Reply {
    const { action, tags } = operation.body(tagBatch);
    const { store } = operation;
    const server = target(operation);
    const present = new Map(server.tags.map((text) => [pairOf(text).key, pairOf(text).value]));
    for (const { key, value } of tags) {
        // A deletion with a value deletes only the tag with that value.
        if (action === "create") present.set(key, value ?? "");
        else if (value === undefined || value === "" || present.get(key) === value) present.delete(key);
    }
    if (present.size > maxTags) throw refuse(serverRules.tagQuota, `(${present.size})`);
    store.change(servers, server.id, { tags: [...present].map(([key, value]) => `${key}=${value}`) });
    return noContentReply;
}

function allTags({ store }: Operation): Reply {
    const values = new Map<string, Set<string>>();
    for (const { key, value } of store.list(servers).flatMap((one) => one.value.tags.map(pairOf))) {
        values.set(key, (values.get(key) ?? new Set()).add(value));
    }
    return ok({ tags: [...values].map(([key, texts]) => ({ key, values: [...texts] })) });
}

const one = "/v1/{project_id}/cloudservers/{server_id}";

/** Operations on names, descriptions and tags of servers. */
export const serverAttributeRoutes: readonly Route[] = [
    { method: "PUT", path: one, service: ecs, operation: "UpdateServer", handler: updateServer },
    {
        method: "POST",
        path: `${one}/tags/action`,
        service: ecs,
        operation: "BatchCreateOrDeleteServerTags",
        handler: actOnTags,
    },
    {
        method: "GET",
        path: `${one}/tags`,
        service: ecs,
        operation: "ShowServerTags",
        isRead: true,
        handler: (operation) => ok({ tags: target(operation).tags.map(pairOf) }),
    },
    {
        method: "GET",
        path: "/v1/{project_id}/cloudservers/tags",
        service: ecs,
        operation: "ListServerTags",
        isRead: true,
        handler: allTags,
    },
];

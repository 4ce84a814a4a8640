import { z } from "zod";
import { addressOf } from "../gateway/address";
import type { Operation, Reply, Route } from "../gateway/operation";
import { orderSystemImage } from "../ims/systemImages";
import { ownServer } from "./ownServers";
import { beginPower } from "./serverPower";
import { ecs } from "./service";

const request = z.union([
    z.object({ "os-start": z.unknown() }).transform(() => ({ name: "os-start" as const })),
    z.object({ "os-stop": z.unknown() }).transform(() => ({ name: "os-stop" as const })),
    z.object({ reboot: z.unknown() }).transform(() => ({ name: "reboot" as const })),
    z
        .object({ createImage: z.object({ name: z.string() }) })
        .transform(({ createImage }) => ({ name: "createImage" as const, image: createImage.name })),
]);

/** Nova's actions on one server: power operations, and an image of its system disk. */
function act(operation: Operation): Reply {
    const serverId = operation.param("server_id");
    const wanted = operation.body(request);
    if (wanted.name !== "createImage") {
        beginPower(operation, wanted.name, [serverId]);
        return { status: 202 };
    }
    ownServer(operation, serverId);
    const { imageId } = orderSystemImage(operation, serverId, { name: wanted.image });
    const location = `${addressOf(operation.request)}/v2/images/${imageId}`;
    return { status: 202, headers: { location }, body: { image_id: imageId } };
}

export const nativeActionRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v2.1/{project_id}/servers/{server_id}/action",
        service: ecs,
        operation: "NovaActOnServer",
        handler: act,
    },
];

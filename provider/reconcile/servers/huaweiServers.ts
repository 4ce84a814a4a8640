import { CloudError } from "../../clouds/errors";
import { isGone } from "../../clouds/huawei/failures";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HuaweiServer } from "../../clouds/huawei/serverAnswers";
import type { CreateServerRequest } from "../../clouds/huawei/servers";
import { imsImages } from "../images/imsImages";
import { ignoreNotFound } from "../notFound";
import { expectedMs } from "../polling/expectedDurations";
import { serverTagging } from "../tags/huaweiTagging";
import { orderAndFollow } from "./huaweiOrders";
import type { SeenServer, ServerService } from "./service";

/** A server of Huawei Cloud or Open Telekom Cloud. */
export type OwnHuaweiServer = HuaweiServer & SeenServer;

/** Refused because of the server's current state (docs/reference/huawei-servers.md#ecs-error-codes). */
const wrongStatus = "Ecs.0100";

const isPresent = ({ status }: HuaweiServer) => status !== "DELETED";

function seen(server: HuaweiServer): OwnHuaweiServer {
    const isReady = server.status === "ACTIVE" || server.status === "SHUTOFF";
    const hasFailed = server.status === "ERROR";
    return {
        ...server,
        condition: isReady ? "ready" : hasFailed ? "failed" : "pending",
        note: hasFailed ? "has the status ERROR" : "",
    };
}

/** A project's servers in one region. @param onDelete what happens to their data disks */
export function huaweiServers(
    region: HuaweiRegion,
    onDelete: { dataDisks?: "delete" | "retain" } = {},
): ServerService<OwnHuaweiServer, Omit<CreateServerRequest, "clientToken" | "name" | "tags">> {
    const { servers } = region;
    return {
        region: region.region,
        noun: "server",
        expectedMs: expectedMs.huaweiServer,
        images: imsImages(region),
        async find(id) {
            const server = await servers.server(id);
            return server && isPresent(server) ? seen(server) : undefined;
        },
        isGone,
        asks: servers.server,
        all: async () => (await servers.allServers()).filter(isPresent).map(seen),

        order: (request, { name, tags, clientToken, ...order }) =>
            orderAndFollow(region, { ...request, name, tags, clientToken }, order),

        async rename(id, name) {
            await servers.updateServer(id, { name });
        },

        tagging: (id) => serverTagging(region, id),
        ending: { noun: "deletion", doing: "deleting the server" },

        async askForDeletion({ id }, { isOrphan }) {
            const deleteVolumes = isOrphan || onDelete.dataDisks !== "retain";
            try {
                await ignoreNotFound(isGone, () => servers.deleteServer(id, { deleteVolumes }));
                return true;
            } catch (error) {
                // The server is busy, or an interrupted run is already deleting it.
                if (error instanceof CloudError && error.code === wrongStatus) return false;
                throw error;
            }
        },
    };
}

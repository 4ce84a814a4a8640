import { SWAS_PRODUCT_CODE } from "../../clouds/alibaba/bss";
import { isGone } from "../../clouds/alibaba/failures";
import type { CreateInstancesRequest, SwasInstance } from "../../clouds/alibaba/swas/instances";
import type { AlibabaRegion } from "../../clouds/connect";
import { UserError } from "../../clouds/errors";
import { swasImages } from "../images/swasImages";
import { expectedMs } from "../polling/expectedDurations";
import { serverTagging } from "../tags/alibabaTagging";
import type { SeenServer, ServerService } from "./service";
import { refundNeeded } from "./withoutRefund";

/** A server of Simple Application Server. */
export type SwasServer = SwasInstance & SeenServer;

function seen(server: SwasInstance): SwasServer {
    const isBlocked = server.status === "Disabled";
    const isReady = server.status === "Running" || server.status === "Stopped";
    return {
        ...server,
        id: server.instanceId,
        name: server.instanceName,
        condition: isReady ? "ready" : isBlocked ? "blocked" : "pending",
        note: isBlocked ? `is disabled (${server.disableReason ?? "no reason given"})` : "",
    };
}

/** An account's servers of Simple Application Server in one region. A server can be deleted only by a refund. */
export function swasServers(
    region: AlibabaRegion,
    onDelete: { refund?: boolean } = {},
): ServerService<SwasServer, Omit<CreateInstancesRequest, "clientToken">> {
    const { swas, bss } = region;
    return {
        region: region.region,
        noun: "server",
        expectedMs: expectedMs.swasServer,
        images: swasImages(region),
        async find(id) {
            const server = await swas.instance(id);
            return server && seen(server);
        },
        isGone,
        asks: swas.instance,
        all: async () => (await swas.allInstances()).map(seen),

        async order(request, { clientToken }) {
            const [bought] = await swas.createInstances({ ...request, clientToken });
            if (bought !== undefined) return bought;
            throw new UserError("SWAS sold a server but returned no server id. Look for the server in the console");
        },

        isOrderedBare: true,
        rename: (instanceId, instanceName) => swas.updateInstanceAttribute({ instanceId, instanceName }),
        tagging: (id) => serverTagging(region, id),
        ending: { noun: "refund", doing: "refunding (deleting) the server" },

        async askForDeletion({ id, name }) {
            if (!onDelete.refund) throw refundNeeded({ id, name });
            await bss.refundInstance({ instanceId: id, productCode: SWAS_PRODUCT_CODE, clientToken: `refund-${id}` });
            return true;
        },

        keepsOrphans: onDelete.refund
            ? undefined
            : "Simple Application Server cannot delete it, so refund it in the console",
    };
}

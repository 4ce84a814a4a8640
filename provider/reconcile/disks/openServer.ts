import type { Cloud } from "../../clouds/cloud";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { ecsServer } from "./ecsServer";
import { huaweiServer } from "./huaweiServer";
import type { ReplaceableServer } from "./replaceableServer";
import { swasServer } from "./swasServer";

/** ECS names its instances "i-…"; servers of SWAS have 32 hex digits (docs/reference/alibaba-api.md#object-ids). */
export function isEcsInstance(serverId: string): boolean {
    return serverId.startsWith("i-");
}

/** Opens a server whose system disk can be replaced. @param wanted limit: of each wait, ms */
export async function openServer(
    context: HandlerContext,
    { cloud, server, limit }: { cloud: Cloud; server: string; limit: number },
): Promise<ReplaceableServer> {
    if (cloud.type === "huawei") {
        return huaweiServer(context, await context.clouds.huawei(cloud), { serverId: server, limit });
    }
    const region = await context.clouds.alibaba(cloud);
    return isEcsInstance(server) ? ecsServer(context, region, server) : swasServer(context, region, server);
}

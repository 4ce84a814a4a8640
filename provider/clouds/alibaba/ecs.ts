import type { AlibabaConnection } from "./connection";
import { diskActions } from "./ecs/disks";
import { imageActions } from "./ecs/images";
import { instanceActions } from "./ecs/instances";
import { placementActions } from "./ecs/placement";
import { openRpc } from "./rpc";
import { tagging } from "./tags";

/** The resource types that ECS can tag. */
export type EcsResourceType = "instance" | "image" | "snapshot" | "disk";

export type EcsClient = ReturnType<typeof ecsClient>;

/**
 * Elastic Compute Service (2014-05-26) in one region: a method for each action.
 *
 * @throws CloudError from every method, with ECS's own code
 */
export function ecsClient(connection: AlibabaConnection, region: string) {
    const rpc = openRpc(connection, "ecs", region);
    return {
        ...imageActions(rpc),
        ...instanceActions(rpc),
        ...diskActions(rpc),
        ...placementActions(rpc),
        ...tagging<EcsResourceType>(rpc),
    };
}

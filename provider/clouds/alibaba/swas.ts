import type { AlibabaConnection } from "./connection";
import { openRpc } from "./rpc";
import { catalogueActions } from "./swas/catalogue";
import { commandActions } from "./swas/commands";
import { customImageActions } from "./swas/customImages";
import { instanceActions } from "./swas/instances";
import { sharingActions } from "./swas/sharing";
import { snapshotActions } from "./swas/snapshots";
import { tagging } from "./tags";

/** The resource types that SWAS can tag. */
export type SwasResourceType = "instance" | "snapshot" | "customimage" | "disk";

export type SwasClient = ReturnType<typeof swasClient>;

/**
 * Simple Application Server (SWAS-OPEN 2020-06-01) in one region: a method for each action. The cloud allows 10 calls a
 * minute for each action and account (docs/reference/alibaba-api.md#call-quota); pacing is up to the caller.
 *
 * @throws CloudError from every method, with SWAS's own code
 */
export function swasClient(connection: AlibabaConnection, region: string) {
    const rpc = openRpc(connection, "swas", region);
    return {
        ...catalogueActions(rpc),
        ...instanceActions(rpc),
        ...snapshotActions(rpc),
        ...customImageActions(rpc),
        ...sharingActions(rpc),
        ...commandActions(rpc),
        ...tagging<SwasResourceType>(rpc),
    };
}

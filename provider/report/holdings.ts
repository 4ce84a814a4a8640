import type { Clouds } from "../clouds/connect";
import { systemTime } from "../clouds/time";
import type { Surroundings } from "../dynamic/handler";
import { ecsImages } from "../lifecycle/images/ecsImages";
import { fullEcsImages } from "../lifecycle/images/fullEcsImages";
import { holdingsOf } from "../lifecycle/images/releaseImage";
import type { ImageService } from "../lifecycle/images/service";
import { swasImages } from "../lifecycle/images/swasImages";
import { systemImages } from "../lifecycle/images/systemImages";
import type { Holdings } from "../lifecycle/releaseOrder";
import { childrenOf, cloudOf, isImage, isServer, onDeleteOf, recipientsOf, regionOf, textAt } from "./facts";
import type { PlannedChange } from "./plan";

/** What hangs on each image that is replaced or deleted, by its URN, and where it was read. */
export interface KnownHoldings {
    /** "cloud": as it is now. "state": as the preview has it, without what others did. */
    from: "cloud" | "state";
    /** Why the clouds were not asked. */
    reason?: string;
    byUrn: ReadonlyMap<string, Holdings>;
}

const nothing = async () => {};

/** The images that a preview replaces or deletes. */
function leavingImages(changes: readonly PlannedChange[]): { change: PlannedChange; id: string }[] {
    return changes.flatMap((change) => {
        const isLeaving = change.operation === "replace" || change.operation === "delete";
        const id = change.olds?.id;
        return isLeaving && isImage(change) && id !== undefined ? [{ change, id }] : [];
    });
}

/** From the preview alone: only what this stack's changes show. */
export function holdingsInState(changes: readonly PlannedChange[], reason: string): KnownHoldings {
    const byUrn = leavingImages(changes).map(({ change, id }): [string, Holdings] => {
        const using = changes.filter(({ olds }) => olds?.outputs.image === id);
        const users = using.filter((other) => isServer(other) || other.type === "SystemDiskReplacement");
        const shares = using
            .filter(({ type }) => type === "ImageShare")
            .flatMap(({ olds }) => recipientsOf(olds?.outputs));
        const { kind, ids } = childrenOf(change);
        const retains = onDeleteOf(change).children === "retain";
        return [
            change.urn,
            {
                what: `image ${id} (${change.name}) in ${regionOf(change)}`,
                users: users.map(({ type, name, olds }) =>
                    type === "SystemDiskReplacement"
                        ? `server ${textAt(olds?.outputs, "server")} (${name})`
                        : `server ${olds?.id} (${name})`,
                ),
                unused: nothing,
                shares: [...new Set(shares)].map((recipient) => ({ recipient, remove: nothing })),
                deleteImage: nothing,
                children: retains ? [] : ids.map((child) => ({ what: `${kind} ${child}`, remove: nothing })),
            },
        ];
    });
    return { from: "state", reason, byUrn: new Map(byUrn) };
}

/**
 * From the clouds, as a deletion itself would look.
 *
 * @throws CloudError or UserError when they cannot be asked
 */
export async function holdingsInClouds(changes: readonly PlannedChange[], clouds: Clouds): Promise<KnownHoldings> {
    const surroundings: Surroundings = {
        clouds,
        time: systemTime,
        report: () => {},
        warn: () => {},
        whenSaved: () => {},
    };
    const byUrn = new Map<string, Holdings>();
    for (const { change, id } of leavingImages(changes)) {
        const service = await serviceOf(surroundings, change);
        const { ids } = childrenOf(change);
        const options = { policy: onDeleteOf(change), children: ids, limit: 0 };
        byUrn.set(change.urn, await holdingsOf(surroundings, service, id, options));
    }
    return { from: "cloud", byUrn };
}

async function serviceOf(surroundings: Surroundings, change: PlannedChange): Promise<ImageService> {
    const { clouds } = surroundings;
    const cloud = cloudOf(change);
    if (cloud.type === "huawei") {
        const region = await clouds.huawei(cloud);
        if (change.type !== "FullEcsImage") return systemImages(region);
        return fullEcsImages(surroundings, region, { limit: 0 });
    }
    const own = await clouds.alibaba(cloud);
    const to = textAt(change.olds?.outputs, "to");
    const region = to === undefined ? own : own.elsewhere(to);
    return change.type === "EcsImage" ? ecsImages(region) : swasImages(region);
}

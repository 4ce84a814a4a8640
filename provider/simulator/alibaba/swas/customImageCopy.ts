import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { regionsOf } from "../accounts";
import { durationOf } from "../durations";
import { gatewayRules } from "../gateway/gatewayRules";
import { type Caller, operation } from "../gateway/operation";
import { required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { listLater } from "../visibility";
import { checkNameIsFree, imageName } from "./imageNames";
import { statusAfter } from "./imageStatus";
import { onImage, ownImageOf, regionOfImage } from "./lookup";
import { customImageKind } from "./models";
import { checkImageQuota, swasQuotas } from "./quotas";
import { swasRules } from "./swasRules";

const customImageCopied = kind<{ imageId: string }>("alibaba.customImageCopy.done");

export function declareCustomImageCopyJobs(sim: Simulation): void {
    sim.onJob(customImageCopied, ({ store, body, failure }) => {
        store.change(customImageKind, body.imageId, { status: statusAfter(failure), copyingFrom: undefined });
        startWaitingCopies(sim, store);
    });
}

/** Starts the oldest waiting copies, up to the limit. */
function startWaitingCopies(sim: Simulation, store: RegionStore): void {
    const copies = store.where(customImageKind, "status", "0").slice();
    const running = copies.filter(({ value }) => value.copyingFrom?.isWaiting === false).length;
    const capacity = Math.max(0, sim.quotas.of(swasQuotas.parallelCopies) - running);
    const waiting = copies.filter(({ value }) => value.copyingFrom?.isWaiting === true);
    for (const { id: imageId, value } of waiting.slice(0, capacity)) {
        if (!value.copyingFrom) continue;
        store.change(customImageKind, imageId, { copyingFrom: { ...value.copyingFrom, isWaiting: false } });
        sim.schedule(customImageCopied, store.scope, durationOf(sim, "customImageCopy"), { imageId });
    }
}

/** Whether the image is being copied to another region of the account. */
export function isBeingCopied(caller: Caller, imageId: string): boolean {
    return caller.sim.registry
        .list("alibaba", customImageKind, caller.account)
        .some(({ value }) => value.copyingFrom?.imageId === imageId);
}

/**
 * NOT PUBLIC. Alibaba's console copies custom images between regions, and "0 copying" is a documented status, but no
 * published SDK has an action for it (docs/reference/swas-images.md#copies-to-other-regions). The name and parameters
 * of this action are the simulator's own. The real endpoint does not know it.
 */
export const copyCustomImage = operation({
    name: "CopyCustomImage",
    locate: regionOfImage,
    parameters: {
        ...onImage,
        DestinationRegionId: required(text()),
        DestinationImageName: required(text({ pattern: imageName })),
        DestinationDescription: withDefault(text(), ""),
        Tag: tags,
    },
    run: (caller, params) => {
        const { sim, now } = caller;
        const source = ownImageOf(caller, params.ImageId);
        if (source.status !== "1") throw apiError(swasRules.imageNotReady);
        if (!regionsOf(sim, caller.account).includes(params.DestinationRegionId)) {
            throw apiError(gatewayRules.unknownRegion);
        }
        if (params.DestinationRegionId === caller.region) throw apiError(swasRules.copySameRegion);
        const destination = caller.inRegion(params.DestinationRegionId);
        checkNameIsFree(destination, params.DestinationImageName);
        checkImageQuota(caller);
        const imageId = newId(sim, "m", destination.region);
        destination.store.put(customImageKind, imageId, {
            ...source,
            name: params.DestinationImageName,
            description: params.DestinationDescription,
            status: "0",
            // A copy is independent: it refers to no server and no snapshot of the source region.
            serverId: "",
            serverName: "",
            systemSnapshotId: "",
            dataSnapshotId: "",
            createdAt: now,
            inShare: false,
            sharedAt: undefined,
            isSeenByEcs: false,
            shareAccounts: [],
            tags: withTags([], params.Tag),
            copyingFrom: { region: caller.region, imageId: params.ImageId, isWaiting: true },
        });
        startWaitingCopies(sim, destination.store);
        listLater(sim, destination.store, imageId);
        return { ImageId: imageId };
    },
});

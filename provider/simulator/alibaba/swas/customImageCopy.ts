import { kind } from "../../core/kinds";
import type { Shelf } from "../../core/objects";
import { refusal } from "../../core/rule";
import type { Simulation } from "../../core/simulation";
import { regionsOf } from "../accounts";
import { durationOf } from "../durations";
import { gatewayRules } from "../gateway/gatewayRules";
import { type Caller, operation } from "../gateway/operation";
import { required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { listLater } from "../visibility";
import { customImageKind } from "./holdings";
import { checkNameIsFree, imageName } from "./imageNames";
import { statusAfter } from "./imageStatus";
import { onImage, ownImageOf, regionOfImage } from "./lookup";
import { checkImageQuota, swasQuotas } from "./quotas";
import { swasRules } from "./swasRules";

const customImageCopied = kind<{ imageId: string }>("alibaba.customImageCopy.done");

export function declareCustomImageCopyJobs(sim: Simulation): void {
    sim.onJob(customImageCopied, ({ shelf, body, failure }) => {
        shelf.change(customImageKind, body.imageId, { status: statusAfter(failure), copyingFrom: undefined });
        startWaitingCopies(sim, shelf);
    });
}

/** Starts the oldest waiting copies for which there is room. */
function startWaitingCopies(sim: Simulation, shelf: Shelf): void {
    const copies = shelf.where(customImageKind, "status", "0").slice();
    const running = copies.filter(({ value }) => value.copyingFrom?.isWaiting === false).length;
    const room = Math.max(0, sim.quotas.of(swasQuotas.parallelCopies) - running);
    const waiting = copies.filter(({ value }) => value.copyingFrom?.isWaiting === true);
    for (const { id: imageId, value } of waiting.slice(0, room)) {
        if (!value.copyingFrom) continue;
        shelf.change(customImageKind, imageId, { copyingFrom: { ...value.copyingFrom, isWaiting: false } });
        sim.schedule(customImageCopied, shelf.scope, durationOf(sim, "customImageCopy"), { imageId });
    }
}

/** Whether a copy of the image is under way in another region of the account. */
export function isBeingCopied(caller: Caller, imageId: string): boolean {
    return caller.sim.registry
        .list("alibaba", customImageKind, caller.account)
        .some(({ value }) => value.copyingFrom?.imageId === imageId);
}

/**
 * NOT PUBLIC. Alibaba's console copies custom images between regions, and "0 copying" is a documented status, but no
 * published SDK has an action for it (docs/reference/swas-images.md#copies-to-other-regions). Name and parameters of
 * this one are the simulator's own; the real endpoint does not know it.
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
    run: (caller, asked) => {
        const { sim, now } = caller;
        const source = ownImageOf(caller, asked.ImageId);
        if (source.status !== "1") throw refusal(swasRules.imageNotReady);
        if (!regionsOf(sim, caller.account).includes(asked.DestinationRegionId)) {
            throw refusal(gatewayRules.unknownRegion);
        }
        if (asked.DestinationRegionId === caller.region) throw refusal(swasRules.copySameRegion);
        const destination = caller.inRegion(asked.DestinationRegionId);
        checkNameIsFree(destination, asked.DestinationImageName);
        checkImageQuota(caller);
        const imageId = newId(sim, "m", destination.region);
        destination.shelf.put(customImageKind, imageId, {
            ...source,
            name: asked.DestinationImageName,
            description: asked.DestinationDescription,
            status: "0",
            // An image of its own: no server and no snapshot of another region is behind it.
            serverId: "",
            serverName: "",
            systemSnapshotId: "",
            dataSnapshotId: "",
            createdAt: now,
            inShare: false,
            sharedAt: undefined,
            isSeenByEcs: false,
            shareAccounts: [],
            tags: withTags([], asked.Tag),
            copyingFrom: { region: caller.region, imageId: asked.ImageId, isWaiting: true },
        });
        startWaitingCopies(sim, destination.shelf);
        listLater(sim, destination.shelf, imageId);
        return { ImageId: imageId };
    },
});

import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { isBeingCopied as isCopiedByEcs } from "../ecs/unfinishedCopies";
import { type Caller, operation } from "../gateway/operation";
import { id, jsonList, required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { listLater } from "../visibility";
import { isBeingCopied } from "./customImageCopy";
import { checkNameIsFree, imageName } from "./imageNames";
import { statusAfter } from "./imageStatus";
import {
    onImage,
    onServer,
    ownImageOf,
    regionOfImage,
    regionOfImages,
    regionOfServer,
    requireStatus,
    serverOf,
    snapshotOf,
} from "./lookup";
import { customImageKind, type Disk, type Snapshot } from "./models";
import { checkImageQuota } from "./quotas";
import { swasRules } from "./swasRules";

const customImageDone = kind<{ imageId: string }>("alibaba.customImage.done");

export function declareCustomImageJobs(sim: Simulation): void {
    sim.onJob(customImageDone, ({ store, body, failure }) => {
        store.change(customImageKind, body.imageId, { status: statusAfter(failure) });
    });
}

/** An accomplished snapshot of this server's disk of this type. */
function usableSnapshot(caller: Caller, snapshotId: string, serverId: string, type: Disk["type"]): Snapshot {
    const snapshot = snapshotOf(caller, snapshotId);
    if (snapshot.serverId !== serverId || snapshot.diskType !== type) throw apiError(swasRules.unknownSnapshot);
    const { status } = snapshot;
    if (status !== "accomplished") throw apiError(swasRules.snapshotNotReady, { snapshotId, status });
    return snapshot;
}

function deleteImage(caller: Caller, imageId: string): void {
    const image = ownImageOf(caller, imageId);
    if (image.inShare) throw apiError(swasRules.imageInShare);
    if (image.shareAccounts.length > 0) throw apiError(swasRules.imageInShareUser);
    if (image.status === "4" || image.status === "0") throw apiError(swasRules.imageBusy);
    if (isBeingCopied(caller, imageId) || isCopiedByEcs(caller.sim, imageId)) throw apiError(swasRules.imageBusy);
    // Servers created from it are kept, but can no longer be reset with it (DeleteCustomImage).
    caller.store.delete(customImageKind, imageId);
}

export const customImageOperations = [
    operation({
        name: "CreateCustomImage",
        locate: regionOfServer,
        parameters: {
            ...onServer,
            ImageName: required(text({ pattern: imageName })),
            // Optional in the schema, but required by the text: an image has a system disk
            // (docs/reference/swas-images.md#custom-images).
            SystemSnapshotId: required(id),
            DataSnapshotId: id,
            Description: withDefault(text(), ""),
            ResourceGroupId: withDefault(text(), ""),
            Tag: tags,
        },
        run: (caller, params) => {
            const { sim, store, scope, now } = caller;
            const server = serverOf(caller, params.InstanceId);
            requireStatus(server, "Running", "Stopped");
            const system = usableSnapshot(caller, params.SystemSnapshotId, params.InstanceId, "system");
            const data =
                params.DataSnapshotId === undefined
                    ? undefined
                    : usableSnapshot(caller, params.DataSnapshotId, params.InstanceId, "data");
            checkNameIsFree(caller, params.ImageName);
            checkImageQuota(caller);
            const imageId = newId(sim, "m", caller.region);
            store.put(customImageKind, imageId, {
                name: params.ImageName,
                description: params.Description,
                resourceGroupId: params.ResourceGroupId,
                status: "4",
                osType: server.osType,
                serverId: params.InstanceId,
                serverName: server.name,
                systemSnapshotId: params.SystemSnapshotId,
                dataSnapshotId: params.DataSnapshotId ?? "",
                systemDiskGiB: system.sizeGiB,
                dataDiskGiB: data?.sizeGiB ?? 0,
                sourceImageName: server.imageName,
                sourceImageVersion: server.imageVersion,
                guest: server.guest,
                createdAt: now,
                inShare: false,
                isSeenByEcs: false,
                shareAccounts: [],
                tags: withTags([], params.Tag),
            });
            sim.schedule(customImageDone, scope, durationOf(sim, "customImage"), { imageId });
            listLater(sim, store, imageId);
            return { ImageId: imageId };
        },
    }),
    operation({
        name: "DeleteCustomImage",
        locate: regionOfImage,
        parameters: onImage,
        run: (caller, { ImageId }) => {
            deleteImage(caller, ImageId);
            return {};
        },
    }),
    operation({
        // Deletes all images or none. What happens to the others if one is refused is UNCONFIRMED
        // (docs/reference/swas-images.md#deletion).
        name: "DeleteCustomImages",
        locate: regionOfImages,
        parameters: { RegionId: required(text()), ImageIds: required(jsonList({ max: 15, isId: true })) },
        run: (caller, { ImageIds }) => {
            for (const imageId of new Set(ImageIds)) deleteImage(caller, imageId);
            return {};
        },
    }),
];

import { apiError } from "../../core/errorRule";
import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { mayUseRegion } from "../accounts";
import { durationOf } from "../durations";
import { gatewayRules } from "../gateway/gatewayRules";
import { operation } from "../gateway/operation";
import { flag, id, required, text, withDefault } from "../gateway/parameters";
import { tags, withTags } from "../gateway/tagParameters";
import { newId } from "../ids";
import { listLater } from "../visibility";
import { ecsRules } from "./ecsRules";
import { checkNameIsFree, imageName } from "./imageNames";
import { ecsImageKind, ecsSnapshotKind } from "./models";
import { ecsQuotas } from "./quotas";
import { isUnfinished } from "./unfinishedCopies";
import { ownedImage, visibleImage } from "./visibleImages";

const copyDone = kind<{ imageId: string }>("alibaba.ecsImage.copied");
const imageUsable = kind<{ imageId: string }>("alibaba.ecsImage.usable");

export function declareImageCopyJobs(sim: Simulation): void {
    sim.onJob(copyDone, ({ store, body, failure }) => {
        const image = store.get(ecsImageKind, body.imageId);
        // The copy was cancelled; the cancellation has already started the next copy.
        if (!image) return;
        store.change(ecsImageKind, body.imageId, { status: failure === undefined ? "Available" : "CreateFailed" });
        if (failure === undefined) {
            putSnapshots(sim, store, body.imageId);
            sim.schedule(imageUsable, store.scope, durationOf(sim, "ecsImageUsable"), body);
        }
        startWaitingCopies(sim, store);
    });
    // After a fault, the image stays Available and never becomes usable.
    sim.onJob(imageUsable, ({ store, body, failure }) => {
        if (failure === undefined) store.change(ecsImageKind, body.imageId, { isUsable: true });
    });
}

function putSnapshots(sim: Simulation, store: RegionStore, imageId: string): void {
    const image = store.get(ecsImageKind, imageId);
    for (const disk of image?.disks ?? []) {
        const snapshotId = newId(sim, "s", store.scope.region);
        store.put(ecsSnapshotKind, snapshotId, {
            imageId,
            diskType: disk.type,
            device: disk.device,
            sizeGiB: disk.sizeGiB,
            isEncrypted: image?.isEncrypted ?? false,
            createdAt: sim.clock.now(),
            tags: [],
        });
        listLater(sim, store, snapshotId);
    }
}

/** Starts the oldest waiting copies, up to the limit. */
function startWaitingCopies(sim: Simulation, store: RegionStore): void {
    const running = store.where(ecsImageKind, "status", "Creating").length;
    const capacity = Math.max(0, sim.quotas.of(ecsQuotas.parallelCopies) - running);
    const next = store.where(ecsImageKind, "status", "Waiting").slice(0, capacity);
    for (const { id: imageId, value } of next) {
        const startedAt = sim.clock.now();
        store.change(ecsImageKind, imageId, { status: "Creating", startedAt, dueAt: startedAt + value.copyMs });
        sim.schedule(copyDone, store.scope, value.copyMs, { imageId });
    }
}

export const copyOperations = [
    operation({
        name: "CopyImage",
        parameters: {
            RegionId: required(text()),
            ImageId: required(id),
            DestinationRegionId: text(),
            DestinationImageName: text({ pattern: imageName }),
            DestinationDescription: withDefault(text(), ""),
            Encrypted: withDefault(flag, false),
            KMSKeyId: text(),
            EncryptAlgorithm: text(),
            ResourceGroupId: withDefault(text(), ""),
            Tag: tags,
            DryRun: flag,
        },
        run: (caller, params) => {
            const { sim, now } = caller;
            const source = visibleImage(caller, params.ImageId);
            if (!source) throw apiError(ecsRules.unknownImage);
            if (source.alias === "system") throw apiError(ecsRules.imageNotCopyable);
            // "Community images do not support sharing, export, or copy" (ModifyImageSharePermission, SDK 7.11.6).
            if (source.isPublic) throw apiError(ecsRules.communityImage);
            const region = params.DestinationRegionId ?? caller.region;
            if (!mayUseRegion(sim, caller.account, region)) throw apiError(gatewayRules.unknownRegion);
            const isSameRegion = region === caller.region;
            if (source.alias === "others" && !isSameRegion) throw apiError(ecsRules.sharedImageLeavesRegion);
            if (source.status !== "Available") throw apiError(ecsRules.imageNotReady);
            const destination = caller.inRegion(region);
            const imageId = newId(sim, "m", region);
            const name = params.DestinationImageName ?? imageId;
            checkNameIsFree(destination, name);
            destination.store.put(ecsImageKind, imageId, {
                name,
                description: params.DestinationDescription,
                family: "",
                bootMode: "BIOS",
                resourceGroupId: params.ResourceGroupId,
                status: "Waiting",
                isUsable: false,
                osType: source.osType,
                platform: source.platform,
                osName: source.osName,
                disks: source.disks,
                isEncrypted: params.Encrypted || (source.own?.isEncrypted ?? false),
                ...(params.Encrypted ? { kmsKeyId: params.KMSKeyId } : { kmsKeyId: source.own?.kmsKeyId }),
                isPublic: false,
                createdAt: now,
                startedAt: now,
                dueAt: now,
                copyOf: { region: caller.region, imageId: params.ImageId },
                copyMs: durationOf(sim, isSameRegion ? "ecsImageCopySameRegion" : "ecsImageCopy"),
                shareAccounts: [],
                tags: withTags([], params.Tag),
            });
            listLater(sim, destination.store, imageId);
            startWaitingCopies(sim, destination.store);
            return { ImageId: imageId };
        },
    }),
    operation({
        name: "CancelCopyImage",
        // The region and id of the copy, not of its source.
        parameters: { RegionId: required(text()), ImageId: required(id) },
        run: (caller, { ImageId }) => {
            if (!isUnfinished(ownedImage(caller, ImageId))) throw apiError(ecsRules.copyAlreadyDone);
            caller.store.delete(ecsImageKind, ImageId);
            startWaitingCopies(caller.sim, caller.store);
            return {};
        },
    }),
];

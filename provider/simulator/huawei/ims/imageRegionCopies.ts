import { z } from "zod";
import { kind } from "../../core/kinds";
import type { RegionStore } from "../../core/objects";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import type { Project } from "../identities/identities";
import { projectsOf } from "../identities/projects";
import { finishJob, openJob, runJob } from "../jobs/jobs";
import { type Backup, backups } from "../models/backup";
import { totalSizeGiB } from "../models/disks";
import { type Image, images } from "../models/image";
import { vaults } from "../models/vault";
import { usedGiB } from "../models/vaultUse";
import { profileOf } from "../profile";
import { refuse } from "../rules";
import { hideFromLists, listLater } from "../visibility";
import { activate } from "./imageLife";
import { checkImageQuota } from "./imageQuota";
import { checkDescription, checkName } from "./imageRequests";
import { imageRequestRules, imageRules, imageSourceRules } from "./imageRules";
import { ownImage } from "./images";
import { newImage } from "./newImage";
import { regionCopyQuota } from "./quotas";
import { regionCopyRules as rules } from "./regionCopyRules";
import { ims } from "./service";

const request = z.object({
    name: z.string().optional(),
    description: z.string().optional(),
    region: z.string(),
    project_name: z.string(),
    agency_name: z.string().optional(),
    vault_id: z.string().optional(),
});

interface Copy {
    readonly jobId: string;
    readonly imageId: string;
    readonly targetRegion: string;
    readonly backupId: string | null;
}

const finish = kind<Copy>("huawei.imageRegionCopy.finish");

/** Copies in progress, stored with the source. */
const running = kind<{ readonly imageId: string }>("huawei.imageRegionCopy", { isRecord: true });

/** An image of more than 128 GB cannot be copied to another region (docs/reference/ims.md#copies). */
const maxBytes = 128 * 1024 ** 3;

function targetProject(operation: Operation, region: string, name: string): Project {
    if (region === operation.project.region) throw refuse(rules.sameRegion, region);
    const target = projectsOf(operation.sim, operation.caller.domain.id).find((project) => project.region === region);
    if (!target) throw refuse(rules.regionUnknown, region);
    // The project of a region is named like the region.
    if (name !== target.region) throw refuse(rules.projectName, name);
    return target;
}

function checkSource(operation: Operation, image: Image): void {
    if (profileOf(operation.sim) === "csbs") {
        throw refuse(image.isWhole ? imageRules.wholeCopy : imageRequestRules.unsupported, image.id);
    }
    if (image.status !== "active") throw refuse(imageRules.unavailable, image.id);
    if (Object.hasOwn(image.attributes, "__system__cmkid")) throw refuse(rules.encrypted, image.id);
    if (!image.isWhole && image.sizeBytes > maxBytes) throw refuse(rules.tooLarge, image.id);
}

/** The backup of a full-ECS image is copied with it, into a vault for replication in the target region. */
function copiedBackup(
    operation: Operation,
    image: Image,
    there: RegionStore,
    vaultId: string | undefined,
): Backup | null {
    if (!image.isWhole) return null;
    const source = operation.store.get(backups, image.backupId ?? "");
    if (source?.service !== "cbr") throw refuse(imageRules.wholeCopy, image.id);
    if (source.status !== "available") throw refuse(rules.stillZonal, image.id);
    const vault = vaultId ? there.get(vaults, vaultId) : undefined;
    if (!vault) throw refuse(imageSourceRules.vaultMissing, vaultId ?? "(vault_id is mandatory)");
    if (vault.protectType !== "replication") throw refuse(rules.vaultCannotReplicate, vault.id);
    if (vault.status !== "available") throw refuse(imageSourceRules.vaultUnavailable, vault.id);
    if (there.where(backups, "checkpointId", source.checkpointId).length > 0)
        throw refuse(rules.backupThere, source.id);
    if (usedGiB(there, vault.id) + totalSizeGiB(source.disks) > vault.sizeGiB)
        throw refuse(imageSourceRules.vaultCapacity);
    return { ...source, id: operation.sim.ids.uuid(), vaultId: vault.id };
}

function copyToAnotherRegion(operation: Operation): Reply {
    const { sim, store, scope, now } = operation;
    const image = ownImage(operation, operation.param("image_id"));
    checkSource(operation, image);
    const wanted = operation.body(request);
    const name = checkName(wanted.name);
    if (wanted.description !== undefined) checkDescription(wanted.description);
    const target = targetProject(operation, wanted.region, wanted.project_name);
    if (!wanted.agency_name) throw refuse(rules.agencyMissing, "(agency_name)");
    const there = sim.store({ ...scope, region: target.region });
    checkImageQuota({ sim, store: there });
    if (store.list(running).length >= sim.quotas.of(regionCopyQuota)) throw refuse(rules.tooMany);
    const backup = copiedBackup(operation, image, there, wanted.vault_id);
    const imageId = sim.ids.uuid();
    if (backup) {
        const place = { projectId: target.id, availabilityZone: `${target.region}-01` };
        const state = { status: "protecting", restoreMode: "na", createdAt: now, updatedAt: now, imageId } as const;
        there.put(backups, backup.id, { ...backup, ...place, ...state });
    }
    const expectedMs = durationOf(sim, "imageRegionCopy");
    // The source region's job returns the id of the image in the target region.
    const job = openJob(sim, store, {
        service: "ims",
        type: "imsCopyImageCrossRegionJob",
        expectedMs,
        entities: { image_name: name },
    });
    const { __description: _, ...attributes } = image.attributes;
    there.put(
        images,
        imageId,
        newImage(
            {
                ...image,
                id: imageId,
                projectId: target.id,
                name,
                status: "saving",
                isProtected: false,
                backupId: backup?.id ?? null,
                dataOrigin: `image,${scope.region},${image.id}`,
                originalImageId: image.id,
                enterpriseProjectId: "0",
                attributes: { ...attributes, ...(wanted.description ? { __description: wanted.description } : {}) },
                tags: [],
                activeAt: null,
                jobId: job.id,
                sharedWith: [],
            },
            now,
        ),
    );
    hideFromLists(sim, there, imageId);
    store.put(running, job.id, { imageId });
    runJob(store, job.id, { image_id: imageId });
    operation.names(job.id, imageId, ...(backup ? [backup.id] : []));
    const body = { jobId: job.id, imageId, targetRegion: target.region, backupId: backup?.id ?? null };
    sim.schedule(finish, scope, expectedMs, body);
    return ok({ job_id: job.id });
}

export function declareImageRegionCopies(sim: Simulation): void {
    sim.onJob(finish, ({ sim, store, body: { jobId, imageId, targetRegion, backupId }, failure }) => {
        const there = sim.store({ ...store.scope, region: targetRegion });
        const now = sim.clock.now();
        const isDone = failure === undefined;
        if (backupId !== null) {
            const state = isDone
                ? ({ status: "available", restoreMode: "backup" } as const)
                : ({ status: "error" } as const);
            there.change(backups, backupId, { ...state, updatedAt: now });
        }
        if (isDone) activate(sim, there, imageId);
        else there.change(images, imageId, { status: "killed", updatedAt: now });
        listLater(sim, there, imageId);
        store.delete(running, jobId);
        finishJob(sim, store, jobId, failure);
    });
}

/** Only on Huawei Cloud. Open Telekom Cloud (profile csbs) has no such copies. */
export const imageRegionCopyRoutes: readonly Route[] = [
    {
        method: "POST",
        path: "/v1/cloudimages/{image_id}/cross_region_copy",
        service: ims,
        operation: "CopyImageCrossRegion",
        handler: copyToAnotherRegion,
    },
];

import type { RegionStore } from "../../core/objects";
import type { Operation } from "../gateway/operation";
import { projects } from "../identities/identities";
import { backups } from "../models/backup";
import { totalSizeGiB } from "../models/disks";
import { type Image, images } from "../models/image";
import { type Member, memberKey, members } from "../models/member";
import { vaults } from "../models/vault";
import { takesServerBackups } from "../models/vaultUse";
import { findVisible, type VisibleImage } from "../models/visibleImages";
import { profileOf } from "../profile";
import { refuse } from "../rules";
import { hideFromLists, listLater } from "../visibility";
import { imageRules, imageSourceRules } from "./imageRules";
import { memberQuota, wholeMemberQuota } from "./quotas";
import { shareRules } from "./shareRules";

export function visibleOrRefuse(operation: Operation, imageId: string): VisibleImage {
    const visible = findVisible(operation, imageId);
    if (!visible) throw refuse(imageRules.missing, imageId);
    return visible;
}

/** A full-ECS image can be shared only if its backup is in CBR (docs/reference/ims.md#shared-images). */
function checkShareable(operation: Operation, imageId: string): Image {
    const visible = visibleOrRefuse(operation, imageId);
    if (visible.relation === "gold") throw refuse(shareRules.publicImage, imageId);
    if (visible.relation === "shared") throw refuse(shareRules.anotherTenant, imageId);
    const { image } = visible;
    if (image.isWhole && (profileOf(operation.sim) === "csbs" || image.backupService !== "cbr")) {
        throw refuse(shareRules.wholeImage, imageId);
    }
    if (Object.hasOwn(image.attributes, "__system__cmkid")) throw refuse(shareRules.encrypted, imageId);
    if (image.status !== "active") throw refuse(imageRules.unavailable, imageId);
    return image;
}

/** Shares an image with a project. An existing share is unchanged. */
export function share(operation: Operation, imageId: string, projectId: string): { member: Member; isNew: boolean } {
    const { sim, store, project } = operation;
    const image = checkShareable(operation, imageId);
    if (projectId === project.id) throw refuse(shareRules.withYourself);
    const recipient = sim.registry.find("huawei", projects, projectId);
    if (recipient?.value.region !== project.region) throw refuse(shareRules.projectNotInRegion, projectId);
    const present = store.get(members, memberKey(imageId, projectId));
    if (present) return { member: present, isNew: false };
    const limit = sim.quotas.of(image.isWhole ? wholeMemberQuota : memberQuota);
    if (image.sharedWith.length >= limit) throw refuse(shareRules.quota, `(${limit} tenants)`);
    const member: Member = {
        imageId,
        projectId,
        status: "pending",
        vaultId: null,
        createdAt: operation.now,
        updatedAt: operation.now,
    };
    store.put(members, memberKey(imageId, projectId), member);
    delayLists(sim, store, member);
    store.change(images, imageId, { sharedWith: [...image.sharedWith, projectId] });
    return { member, isNew: true };
}

/** The recipient's lists show a share, or its answer, with a delay. */
function delayLists(sim: Operation["sim"], ownerStore: RegionStore, { imageId, projectId }: Member): void {
    hideFromLists(sim, ownerStore, memberKey(imageId, projectId));
    listLater(sim, ownerStore, memberKey(imageId, projectId));
}

/** Ends a share; only the owner can do so. Returns whether the share existed. */
export function unshare(operation: Operation, imageId: string, projectId: string): boolean {
    const visible = visibleOrRefuse(operation, imageId);
    if (visible.relation !== "own") throw refuse(shareRules.anotherTenant, imageId);
    const sharedWith = visible.image.sharedWith.filter((one) => one !== projectId);
    operation.store.change(images, imageId, { sharedWith });
    return operation.store.delete(members, memberKey(imageId, projectId));
}

/**
 * The recipient's vault must be a backup vault for servers with room for all disks
 * (docs/reference/full-ecs-images.md#vaults).
 */
function checkVault(operation: Operation, image: Image, vaultId: string | undefined, ownerStore: RegionStore): void {
    if (vaultId === undefined || vaultId === "") throw refuse(shareRules.vaultNeeded);
    const vault = operation.store.get(vaults, vaultId);
    if (!vault) throw refuse(imageSourceRules.vaultMissing, vaultId);
    if (!takesServerBackups(vault)) throw refuse(imageSourceRules.vaultType, vaultId);
    if (vault.status !== "available") throw refuse(imageSourceRules.vaultUnavailable, vaultId);
    const disks = ownerStore.get(backups, image.backupId ?? "")?.disks ?? [];
    if (vault.sizeGiB < totalSizeGiB(disks)) throw refuse(imageSourceRules.vaultCapacity);
}

/** Accepts or rejects a share as its recipient. Returns undefined if the caller is not the recipient. */
export function answerShare(
    operation: Operation,
    imageId: string,
    status: Member["status"],
    vaultId: string | undefined,
): Member | undefined {
    const visible = visibleOrRefuse(operation, imageId);
    if (visible.relation !== "shared") return undefined;
    const { image, member } = visible;
    const owner = operation.sim.registry.find("huawei", members, memberKey(imageId, member.projectId));
    if (!owner) return undefined;
    const ownerStore = operation.sim.store(owner.scope);
    const needsVault = status === "accepted" && image.isWhole && image.backupService === "cbr";
    if (needsVault) checkVault(operation, image, vaultId, ownerStore);
    const changed: Member = {
        ...member,
        status,
        vaultId: status === "accepted" ? (vaultId ?? null) : null,
        updatedAt: operation.now,
    };
    ownerStore.put(members, memberKey(imageId, member.projectId), changed);
    delayLists(operation.sim, ownerStore, changed);
    return changed;
}

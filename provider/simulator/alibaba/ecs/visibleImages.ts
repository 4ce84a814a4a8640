import { apiError } from "../../core/errorRule";
import type { Placed } from "../../core/kinds";
import { concatenated, mapped, type Sliced } from "../../core/slices";
import type { Caller } from "../gateway/operation";
import { customImageKind } from "../swas/models";
import { systemImages } from "../swas/systemImages";
import { ecsRules, swasServiceAccount } from "./ecsRules";
import { type EcsImage, ecsImageKind, type ImageDisk } from "./models";

/** An image that an account can use in ECS, whatever its origin. */
export interface VisibleImage
    extends Pick<EcsImage, "name" | "description" | "family" | "osType" | "platform" | "osName"> {
    readonly id: string;
    readonly alias: "system" | "self" | "others";
    readonly ownerId: string;
    readonly status: EcsImage["status"];
    readonly isUsable: boolean;
    readonly disks: readonly ImageDisk[];
    readonly createdAt: number;
    /** Whether it is a community image. */
    readonly isPublic: boolean;
    /** Set only for the account's own images. */
    readonly own?: EcsImage;
}

function osNames(osType: string, name: string, version: string) {
    const isWindows = osType === "Windows";
    return {
        osType: isWindows ? ("windows" as const) : ("linux" as const),
        platform: name,
        osName: `${name} ${version} 64位`,
    };
}

/** The cloud's own images: the same operating systems as in SWAS, with ids in the ECS format. */
const offered: readonly VisibleImage[] = systemImages
    .filter(({ type }) => type === "system")
    .map((image) => {
        const name = `${image.name.toLowerCase().replaceAll(" ", "_")}_${image.version.replaceAll(".", "_")}`;
        return {
            id: `${name}_x64_20G_alibase_20260101.vhd`,
            name,
            description: "",
            family: "",
            ...osNames(image.osType, image.name, image.version),
            alias: "system",
            ownerId: "0",
            status: "Available",
            isUsable: true,
            disks: [{ type: "system", device: "/dev/xvda", sizeGiB: 20 }],
            createdAt: Date.UTC(2026, 0, 1),
            isPublic: false,
        };
    });

/** The account's own SWAS images that are shared with ECS: same id, same region. ECS cannot delete them. */
function sharedBySwas(caller: Caller): VisibleImage[] {
    return caller.store
        .where(customImageKind, "isSeenByEcs", true)
        .slice()
        .map(({ id, value }) => ({
            id,
            name: value.name,
            description: value.description,
            family: "",
            ...osNames(value.osType, value.sourceImageName, value.sourceImageVersion),
            alias: "others",
            ownerId: swasServiceAccount,
            status: "Available",
            isUsable: true,
            disks: [
                { type: "system", device: "/dev/xvda", sizeGiB: value.systemDiskGiB },
                ...(value.dataDiskGiB > 0
                    ? [{ type: "data" as const, device: "/dev/xvdb", sizeGiB: value.dataDiskGiB }]
                    : []),
            ],
            createdAt: value.createdAt,
            isPublic: false,
        }));
}

function sharedByAccounts(caller: Caller, withCommunity: boolean): VisibleImage[] {
    return caller.sim.registry
        .ofOthers(ecsImageKind, caller.scope)
        .filter(
            ({ value: { isPublic, shareAccounts } }) =>
                (withCommunity && isPublic) || shareAccounts.some(({ account }) => account === caller.account),
        )
        .map(({ id, scope, value }) => ({ ...value, id, alias: "others", ownerId: scope.account }));
}

/** Limits the search. An account can own many images; those that do not match are not read. */
interface Narrowing {
    readonly ids?: readonly string[];
    readonly status?: EcsImage["status"];
    /** Whether community images of other accounts are included. */
    readonly withCommunity?: boolean;
}

function owned(caller: Caller, { ids, status }: Narrowing): Sliced<VisibleImage> {
    const { store } = caller;
    const images = ids
        ? store.some(ecsImageKind, ids).filter(({ value }) => status === undefined || value.status === status)
        : status === undefined
          ? store.all(ecsImageKind)
          : store.where(ecsImageKind, "status", status);
    return mapped(images, (image) => ownView(caller, image));
}

function ownView(caller: Caller, { id, value }: Placed<EcsImage>): VisibleImage {
    return { ...value, id, alias: "self", ownerId: caller.account, own: value };
}

/** All images that the caller can use in its region. */
export function visibleImages(caller: Caller, narrowing: Narrowing = {}): Sliced<VisibleImage> {
    const { ids, status, withCommunity = false } = narrowing;
    const isAsked = (image: VisibleImage) =>
        (ids?.includes(image.id) ?? true) && (status === undefined || image.status === status);
    return concatenated(
        offered.filter(isAsked),
        owned(caller, narrowing),
        sharedBySwas(caller).filter(isAsked),
        sharedByAccounts(caller, withCommunity).filter(isAsked),
    );
}

export function visibleImage(caller: Caller, imageId: string): VisibleImage | undefined {
    return visibleImages(caller, { ids: [imageId], withCommunity: true }).slice(0, 1)[0];
}

/**
 * An image for an instance: it must exist and be usable. A deprecated image is usable (ModifyImageAttribute, SDK
 * 7.11.6).
 */
export function launchableImage(caller: Caller, imageId: string): VisibleImage {
    const image = visibleImage(caller, imageId);
    if (!image) throw apiError(ecsRules.unknownImage);
    if (!["Available", "Deprecated"].includes(image.status) || !image.isUsable) throw apiError(ecsRules.imageNotReady);
    return image;
}

/** The caller's own image. An image that the caller only sees is refused; one that it does not see is unknown. */
export function ownedImage(caller: Caller, imageId: string): EcsImage {
    const image = visibleImage(caller, imageId);
    if (!image) throw apiError(ecsRules.unknownImage);
    if (!image.own) throw apiError(ecsRules.notImageOwner);
    return image.own;
}

export function systemDiskGiB(image: Pick<VisibleImage, "disks">): number {
    return image.disks.find(({ type }) => type === "system")?.sizeGiB ?? 0;
}

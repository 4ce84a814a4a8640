import type { HandlerContext } from "../pulumi/dynamic/handler";
import { type Dependents, planRelease, type ReleasePolicy, StillNeeded } from "../reconcile/deletionPlan";
import { dependentsOf } from "../reconcile/images/releaseImage";
import type { ImageService, SeenImage } from "../reconcile/images/service";
import { readOwnership, versionOwner } from "../reconcile/ownership/ownership";
import { type Billed, type Holders, type ImageKind, type ImageStatus, type Owner, plainRelease } from "./status";

/** Facts that only one kind of image has. */
interface Facts {
    kind: ImageKind;
    description?: string;
    sizeGiB?: number;
    isProtected?: boolean;
    behind: Billed[];
}

/** One image with its dependents, read as its deletion would read them. */
export async function imageStatus<Image extends SeenImage>(
    context: HandlerContext,
    service: ImageService<Image>,
    image: Image,
    { kind, description, sizeGiB, behind, isProtected = false }: Facts,
    holders: Holders,
): Promise<ImageStatus> {
    const { id, name, status, condition, createdAt, tags } = image;
    const options = { policy: plainRelease, children: undefined, limit: 0 };
    const dependents = await dependentsOf(context, service, id, options);
    const deletedWithImage = dependents.children.map(({ what }) => what);
    return {
        kind,
        id,
        name,
        status,
        condition,
        version: tags.version,
        description: description || undefined,
        sizeGiB,
        createdAt,
        isProtected,
        owner: ownerOf(image, holders),
        behind: behind.map((billed) => ({
            ...billed,
            goesWithImage: deletedWithImage.includes(`${billed.kind} ${billed.id}`),
        })),
        copies: [],
        shares: dependents.shares.map(({ recipient, state }) => ({ recipient, ...(state && { state }) })),
        servers: dependents.users,
        blockedBy: obstaclesOf(dependents, plainRelease),
    };
}

/** Why the deletion plan would be blocked; empty if it would not. */
export function obstaclesOf(dependents: Dependents, policy: ReleasePolicy): string[] {
    try {
        planRelease(dependents, policy);
        return [];
    } catch (error) {
        if (error instanceof StillNeeded) return error.obstacles.map(({ reason }) => reason);
        throw error;
    }
}

/** The owner of an image; undefined if nothing says that a stack created it. */
export function ownerOf({ id, tags }: SeenImage, holders: Holders): Owner | undefined {
    const ownership = readOwnership(tags);
    const holder = holders.get(id);
    const isEarlierVersion = versionOwner(tags) !== undefined;
    if (!ownership && !holder && !isEarlierVersion) return undefined;
    const { ownerId, contentHash, isPending = false } = ownership ?? {};
    return { ownerId, contentHash, isPending, isEarlierVersion, holder };
}

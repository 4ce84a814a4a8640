import type { Surroundings } from "../dynamic/handler";
import { holdingsOf } from "../lifecycle/images/releaseImage";
import type { ImageService, SeenImage } from "../lifecycle/images/service";
import { readOwnership, versionOwner } from "../lifecycle/ownership";
import { type Holdings, planRelease, type ReleasePolicy, StillNeeded } from "../lifecycle/releaseOrder";
import { type Billed, type Holders, type ImageKind, type ImageStatus, type Owner, plainRelease } from "./status";

/** What a kind of image tells besides what all kinds do. */
interface Facts {
    kind: ImageKind;
    description?: string;
    sizeGiB?: number;
    isProtected?: boolean;
    behind: Billed[];
}

/** One image with all that hangs on it, as its deletion would look at it. */
export async function imageStatus<Image extends SeenImage>(
    surroundings: Surroundings,
    service: ImageService<Image>,
    image: Image,
    { kind, description, sizeGiB, behind, isProtected = false }: Facts,
    holders: Holders,
): Promise<ImageStatus> {
    const { id, name, status, condition, createdAt, tags } = image;
    const options = { policy: plainRelease, children: undefined, limit: 0 };
    const holdings = await holdingsOf(surroundings, service, id, options);
    const going = holdings.children.map(({ what }) => what);
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
        behind: behind.map((billed) => ({ ...billed, goesWithImage: going.includes(`${billed.kind} ${billed.id}`) })),
        copies: [],
        shares: holdings.shares.map(({ recipient, state }) => ({ recipient, ...(state && { state }) })),
        servers: holdings.users,
        blockedBy: obstaclesOf(holdings, plainRelease),
    };
}

/** Why the planner would not let the image go: nothing, when it would. */
export function obstaclesOf(holdings: Holdings, policy: ReleasePolicy): string[] {
    try {
        planRelease(holdings, policy);
        return [];
    } catch (error) {
        if (error instanceof StillNeeded) return error.obstacles.map(({ reason }) => reason);
        throw error;
    }
}

/** Whose an image is; undefined when nothing says that a stack made it. */
export function ownerOf({ id, tags }: SeenImage, holders: Holders): Owner | undefined {
    const ownership = readOwnership(tags);
    const holder = holders.get(id);
    const isEarlierVersion = versionOwner(tags) !== undefined;
    if (!ownership && !holder && !isEarlierVersion) return undefined;
    const { mark, content, isPending = false } = ownership ?? {};
    return { mark, content, isPending, isEarlierVersion, holder };
}

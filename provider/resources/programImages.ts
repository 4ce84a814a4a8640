import type { ImageUse } from "../pulumi/dynamic/imageUse";

/**
 * What one run of a program declares about its images. Never stored: previews can use it, and states do not depend on
 * it.
 */

/** An image that the program refers to. */
interface ProgramImage {
    facts: ImageUse["facts"];
    /** The resource that creates the image, or the image's id. */
    identity: unknown;
    /** False if the image existed before, so that somebody else may have shared it. */
    isCreatedHere: boolean;
}

/** By resource, and by the output that is the image's id. */
const images = new WeakMap<object, ProgramImage>();
/** Identities of the images that an ImageShare shares with ECS. */
const sharedWithEcs = new Set<unknown>();
/** Whether an ImageShare with ECS is declared for an image that cannot be identified. */
let sharesAnyImage = false;
/** Identities of the images that the program shares with other accounts or projects, which may then use them. */
const sharedElsewhere = new Set<unknown>();
/** Whether such a share is declared for an image that cannot be identified. */
let sharesUnknownElsewhere = false;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Records a resource that creates an image. @param id the output that is the image's id */
export function noteImage(resource: object, id: object, image: Omit<ProgramImage, "identity">): void {
    images.set(resource, { ...image, identity: resource });
    images.set(id, { ...image, identity: resource });
}

/** Whether `up` creates the image, so that nobody else can have shared it. */
export function isCreatedHere(
    { adopt }: { adopt?: unknown },
    options: { import?: unknown; id?: unknown } | null | undefined,
): boolean {
    return adopt === undefined && options?.import === undefined && options?.id === undefined;
}

/** Records a share. @param id the output of the share that is the image's id */
export function noteShare(
    share: object,
    id: object,
    { image, recipients }: { image: unknown; recipients: unknown },
): void {
    const found = find(image);
    if (found) {
        images.set(share, found);
        images.set(id, found);
    }
    // An image that is shared with ECS already exists in the account.
    if (recipients !== "ecs") {
        if (found) sharedElsewhere.add(found.identity);
        else sharesUnknownElsewhere = true;
    }
    const isNamed = typeof recipients === "string" || (isObject(recipients) && !("apply" in recipients));
    if (isNamed && recipients !== "ecs") return;
    if (found) sharedWithEcs.add(found.identity);
    else sharesAnyImage = true;
}

function find(image: unknown): ProgramImage | undefined {
    if (typeof image === "string") return { facts: undefined, identity: image, isCreatedHere: false };
    return isObject(image) ? images.get(image) : undefined;
}

/**
 * What the program declares about an image that it passes to a resource. Waits until the program has declared its other
 * resources, because it may declare a share after the server that needs the share.
 */
export async function imageUseOf(image: unknown): Promise<ImageUse | undefined> {
    await new Promise(setImmediate);
    const found = find(image);
    const isAnyShared = sharesUnknownElsewhere || sharedElsewhere.size > 0;
    // An output without a known image may be the id of any image that the program shares.
    if (!found) return isAnyShared ? { ecsShare: "declared", mayBeSharedHere: true } : undefined;
    // An image given by id may be the image of any share that refers to its image by resource.
    const isById = typeof image === "string" && [...sharedWithEcs].some(isObject);
    const isDeclared = sharesAnyImage || isById || sharedWithEcs.has(found.identity);
    const isSharedById = typeof image === "string" && [...sharedElsewhere].some(isObject);
    return {
        facts: found.facts,
        ecsShare: isDeclared ? "declared" : found.isCreatedHere ? "none" : "unknown",
        mayBeSharedHere: sharesUnknownElsewhere || isSharedById || sharedElsewhere.has(found.identity),
    };
}

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

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Records a resource that creates an image. @param id the output that is the image's id */
export function noteImage(resource: object, id: object, image: Omit<ProgramImage, "identity">): void {
    images.set(resource, { ...image, identity: resource });
    images.set(id, { ...image, identity: resource });
}

/** Whether `up` creates the image, so that nobody else can have shared it. */
export function isCreatedHere(
    { adopt }: { adopt?: unknown },
    { import: imported, id }: { import?: unknown; id?: unknown } = {},
): boolean {
    return adopt === undefined && imported === undefined && id === undefined;
}

/** Records a share. @param id the output of the share that is the image's id */
export function noteShare(
    share: object,
    id: object,
    { image, recipients }: { image: unknown; recipients: unknown },
): void {
    const shared = find(image);
    if (shared) {
        images.set(share, shared);
        images.set(id, shared);
    }
    const isNamed = typeof recipients === "string" || (isObject(recipients) && !("apply" in recipients));
    if (isNamed && recipients !== "ecs") return;
    if (shared) sharedWithEcs.add(shared.identity);
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
    if (!found) return undefined;
    // An image given by id may be the image of any share that refers to its image by resource.
    const isById = typeof image === "string" && [...sharedWithEcs].some(isObject);
    const isDeclared = sharesAnyImage || isById || sharedWithEcs.has(found.identity);
    return { facts: found.facts, ecsShare: isDeclared ? "declared" : found.isCreatedHere ? "none" : "unknown" };
}

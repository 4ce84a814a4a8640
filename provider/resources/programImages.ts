import type { ImageUse } from "../pulumi/dynamic/imageUse";

/** What one run of a program says of its images: never stored, so that a preview can use it and a state need not have it. */

/** An image as the program holds it. */
interface ProgramImage {
    facts: ImageUse["facts"];
    /** The resource that makes the image, or its id. */
    identity: unknown;
    /** False when the image is there already, and somebody else may have shared it. */
    isMadeHere: boolean;
}

/** By the resource, and by the output that is the image's id. */
const images = new WeakMap<object, ProgramImage>();
/** The origins of the images for which an ImageShare with ECS is declared. */
const sharedWithEcs = new Set<unknown>();
/** Whether such a share is declared of an image that cannot be told. */
let sharesAnyImage = false;
/** The origins of the images that the program shares with other accounts or projects, where they may be used later. */
const sharedElsewhere = new Set<unknown>();
/** Whether such a share is declared of an image that cannot be told. */
let sharesUnknownElsewhere = false;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Notes a resource that makes an image. @param id the output that is the image's id */
export function noteImage(resource: object, id: object, image: Omit<ProgramImage, "identity">): void {
    images.set(resource, { ...image, identity: resource });
    images.set(id, { ...image, identity: resource });
}

/** Whether an `up` makes the image, and nobody else has made or shared it before. */
export function isMadeHere(
    { adopt }: { adopt?: unknown },
    options: { import?: unknown; id?: unknown } | null | undefined,
): boolean {
    return adopt === undefined && options?.import === undefined && options?.id === undefined;
}

/** Notes a share. @param id the output of the share that is the image's id */
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
    // What ECS is to see exists in the account already.
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
    if (typeof image === "string") return { facts: undefined, identity: image, isMadeHere: false };
    return isObject(image) ? images.get(image) : undefined;
}

/**
 * What the program says of an image that it gives a resource, once it has declared the rest of its resources: a share may
 * come after the server that needs it.
 */
export async function imageUseOf(image: unknown): Promise<ImageUse | undefined> {
    await new Promise(setImmediate);
    const found = find(image);
    const isAnyShared = sharesUnknownElsewhere || sharedElsewhere.size > 0;
    // The image of an output that nothing is known of may be any that the program shares.
    if (!found) return isAnyShared ? { ecsShare: "declared", mayBeSharedHere: true } : undefined;
    // An id may be that of any image that a share names by its resource.
    const isById = typeof image === "string" && [...sharedWithEcs].some(isObject);
    const isDeclared = sharesAnyImage || isById || sharedWithEcs.has(found.identity);
    const isSharedById = typeof image === "string" && [...sharedElsewhere].some(isObject);
    return {
        facts: found.facts,
        ecsShare: isDeclared ? "declared" : found.isMadeHere ? "none" : "unknown",
        mayBeSharedHere: sharesUnknownElsewhere || isSharedById || sharedElsewhere.has(found.identity),
    };
}

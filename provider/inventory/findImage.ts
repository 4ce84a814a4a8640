import type { Cloud } from "../clouds/cloud";
import { CloudError, UserError } from "../clouds/errors";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { ecsImages } from "../reconcile/images/ecsImages";
import { fullEcsImages } from "../reconcile/images/fullEcsImages";
import type { ImageService, SeenImage } from "../reconcile/images/service";
import { swasImages } from "../reconcile/images/swasImages";
import { systemImages } from "../reconcile/images/systemImages";
import { inExistingRegion } from "../reconcile/places";
import { limitOf } from "../reconcile/polling/timeouts";
import type { ImageKind } from "./status";

/** An image of the account. */
export interface FoundImage {
    kind: ImageKind;
    place: Cloud;
    image: SeenImage;
}

/**
 * The account's own image of this id or exact name; undefined when there is none.
 *
 * @throws UserError when several have the name
 */
export async function findImage(
    context: HandlerContext,
    places: readonly Cloud[],
    wanted: string,
): Promise<FoundImage | undefined> {
    const found: FoundImage[] = [];
    for (const place of places) {
        context.report(`looking for ${wanted} in ${place.type} ${place.region}`);
        for (const kind of kindsIn[place.type]) {
            const { service } = await openImages(context, { kind, place });
            const images = await inExistingRegion({ ...context, warn: () => {} }, place, () =>
                service.all().catch((error: unknown) => unlessForbidden(kind, error)),
            );
            const fitting = images.filter(({ id, name }) => id === wanted || name === wanted);
            found.push(...fitting.map((image) => ({ kind, place, image })));
        }
    }
    context.report("");
    const first = found.find(({ image }) => image.id === wanted) ?? found[0];
    if (found.length > 1 && first?.image.id !== wanted) {
        const all = found.map(({ kind, place, image }) => `${kind} ${image.id} in ${place.region}`).join(", ");
        throw new UserError(`${found.length} images are named ${wanted} (${all}): give the id of one`);
    }
    return first;
}

/** An account for Simple Application Server alone may have no permission in ECS, and then has no images there. */
function unlessForbidden(kind: ImageKind, error: unknown): SeenImage[] {
    if (kind === "ECS image" && error instanceof CloudError && error.status === 403) return [];
    throw error;
}

const kindsIn: Record<Cloud["type"], ImageKind[]> = {
    alibaba: ["custom image", "ECS image"],
    huawei: ["system image", "full-ECS image"],
};

/** The images of one kind in one place, and how long each step of a release may take there, ms. */
export async function openImages(
    context: HandlerContext,
    { kind, place }: Pick<FoundImage, "kind" | "place">,
): Promise<{ service: ImageService; limit: number }> {
    const limit = limitOf(undefined, kind === "full-ECS image" ? "30m" : "20m");
    if (place.type === "alibaba") {
        const region = await context.clouds.alibaba(place);
        return { service: kind === "ECS image" ? ecsImages(region) : swasImages(region), limit };
    }
    const region = await context.clouds.huawei(place);
    const whole = () => fullEcsImages(context, region, { limit });
    return { service: kind === "full-ECS image" ? whole() : systemImages(region), limit };
}

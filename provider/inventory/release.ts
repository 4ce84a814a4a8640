import type { HandlerContext } from "../pulumi/dynamic/handler";
import { type Obstacle, planRelease, type ReleasePolicy, StillNeeded } from "../reconcile/deletionPlan";
import { dependentsOf, releaseImage } from "../reconcile/images/releaseImage";
import { type FoundImage, openImages } from "./findImage";
import { releaseTag } from "./leftBehind";

/** What deleting an image would do, by the code that plans deletions. */
export interface PlannedRelease {
    /** "image m-bp1… (web-golden) in cn-hangzhou" */
    what: string;
    /** The steps in order; empty if something blocks the deletion. */
    steps: string[];
    /** Why the image is kept, if the policy retains it. */
    kept?: string;
    obstacles: readonly Obstacle[];
}

export async function plannedRelease(
    context: HandlerContext,
    found: FoundImage,
    policy: ReleasePolicy,
): Promise<PlannedRelease> {
    const { service, limit } = await openImages(context, found);
    const dependents = await dependentsOf(context, service, found.image.id, { policy, children: undefined, limit });
    const { what } = dependents;
    try {
        const { steps, kept } = planRelease(dependents, policy);
        return { what, steps: steps.map((step) => step.what), kept, obstacles: [] };
    } catch (error) {
        if (error instanceof StillNeeded) return { what, steps: [], obstacles: error.obstacles };
        throw error;
    }
}

/**
 * Deletes the image as its resource would. The image's children are tagged with its id first: without the image,
 * nothing else tells what an interrupted deletion left.
 *
 * @throws StillNeeded if a dependent was created since the plan
 */
export async function carryOut(context: HandlerContext, found: FoundImage, policy: ReleasePolicy): Promise<void> {
    const { image } = found;
    const { service, limit } = await openImages(context, found);
    if (policy.children !== "retain") {
        const children = await service.children(image, undefined);
        const ids = children.flatMap(({ id }) => id ?? []);
        if (ids.length > 0) await service.tagChildren?.(ids, { [releaseTag]: image.id });
    }
    await releaseImage(context, service, image.id, { policy, children: undefined, limit });
}

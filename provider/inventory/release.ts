import type { HandlerContext } from "../pulumi/dynamic/handler";
import { type Obstacle, planRelease, type ReleasePolicy, StillNeeded } from "../reconcile/deletionPlan";
import { dependentsOf, releaseImage } from "../reconcile/images/releaseImage";
import { type FoundImage, openImages } from "./findImage";
import { releaseTag } from "./leftBehind";

/** What a release comes to, by the planner that deletions use. */
export interface PlannedRelease {
    /** "image m-bp1… (web-golden) in cn-hangzhou" */
    what: string;
    /** Each step, in order; none while something stands in the way. */
    steps: string[];
    /** Why the image stays, when the policy says that it does. */
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
 * Lets the image go as a deletion by its resource would. What was made for it is tagged with its id first: without the
 * image, nothing else tells an interrupted release what is left to do.
 *
 * @throws StillNeeded when something has come in between since the plan
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

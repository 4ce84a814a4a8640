import { isGone } from "../clouds/alibaba/failures";
import type { Cloud } from "../clouds/cloud";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError } from "../clouds/errors";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import type { ReleaseStep } from "../reconcile/deletionPlan";
import { ignoreNotFound } from "../reconcile/notFound";
import { ownerTag } from "../reconcile/ownership/ownership";

/** The tag of the children of an image that is being deleted. Its value is the image's id. */
export const releaseTag = `${ownerTag}-released-with`;

/**
 * The remaining steps of a deletion that was interrupted after the image was deleted. Huawei Cloud deletes an image's
 * backup with the image, so nothing is left there.
 */
export async function leftBehind(
    { clouds }: HandlerContext,
    places: readonly Cloud[],
    imageId: string,
): Promise<ReleaseStep[]> {
    const steps: ReleaseStep[] = [];
    for (const place of places) {
        if (place.type === "alibaba") steps.push(...(await snapshotsLeft(await clouds.alibaba(place), imageId)));
    }
    return steps;
}

async function snapshotsLeft({ swas, ecs }: AlibabaRegion, imageId: string): Promise<ReleaseStep[]> {
    const ofEcs = await ecs.describeSnapshots({ tagKey: releaseTag }).catch((error: unknown) => {
        // An account that uses only Simple Application Server may have no permission in ECS.
        if (error instanceof CloudError && error.status === 403) return [];
        throw error;
    });
    const kinds = [
        { all: await swas.allSnapshots(), remove: swas.deleteSnapshot },
        { all: ofEcs, remove: ecs.deleteSnapshot },
    ];
    return kinds.flatMap(({ all, remove }) =>
        all
            .filter(({ tags }) => tags[releaseTag] === imageId)
            .map(({ snapshotId }) => ({
                what: `deleting snapshot ${snapshotId}`,
                run: () => ignoreNotFound(isGone, () => remove(snapshotId)),
            })),
    );
}

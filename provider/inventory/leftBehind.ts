import { isGone } from "../clouds/alibaba/failures";
import type { Cloud } from "../clouds/cloud";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError } from "../clouds/errors";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import type { ReleaseStep } from "../reconcile/deletionPlan";
import { ignoreNotFound } from "../reconcile/notFound";
import { ownerTag } from "../reconcile/ownership/ownership";

/** On what was made for an image that is being released: the image's id. */
export const releaseTag = `${ownerTag}-released-with`;

/**
 * The rest of a release that was interrupted when the image was gone already. Huawei Cloud deletes an image's backup
 * with it, so nothing is left there.
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
        // An account for Simple Application Server alone may have no permission there.
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

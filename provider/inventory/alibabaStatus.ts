import { billedPartOf } from "../clouds/billing";
import type { AlibabaRegion } from "../clouds/connect";
import { CloudError } from "../clouds/errors";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { ecsImages, snapshotsBehind } from "../reconcile/images/ecsImages";
import { type SwasImage, swasImages } from "../reconcile/images/swasImages";
import { readOwnership } from "../reconcile/ownership/ownership";
import { imageStatus } from "./imageStatus";
import { otherInstances, otherSimpleServers } from "./otherServers";
import { alibabaReadOnce } from "./readOnce";
import type { Billed, Holders, RegionStatus } from "./status";

type Found = Pick<RegionStatus, "images" | "withoutImage" | "otherServers" | "notes">;

const nothing: Found = { images: [], withoutImage: [], otherServers: [], notes: [] };

/** Custom images and snapshots of Simple Application Server, and images and snapshots of ECS, in one region. */
export async function alibabaStatus(context: HandlerContext, live: AlibabaRegion, holders: Holders): Promise<Found> {
    const region = alibabaReadOnce(live);
    const simple = await customImages(context, region, holders);
    const elastic = await imagesOfEcs(context, region, simple, holders).catch((error: unknown): Found => {
        // An account that uses only Simple Application Server may have no permission in ECS.
        if (!(error instanceof CloudError) || error.status !== 403) throw error;
        return { ...nothing, notes: [`cannot read the images of ECS: ${error.message}`] };
    });
    return {
        images: [...simple.images, ...elastic.images],
        withoutImage: [...simple.withoutImage, ...elastic.withoutImage],
        otherServers: [...simple.otherServers, ...elastic.otherServers],
        notes: elastic.notes,
    };
}

async function customImages(context: HandlerContext, region: AlibabaRegion, holders: Holders): Promise<Found> {
    const service = swasImages(region);
    const [images, snapshots] = await Promise.all([service.all(), region.swas.allSnapshots()]);
    const billed = new Map(
        snapshots.map(({ snapshotId: id, createdAt }): [string, Billed] => [
            id,
            { kind: "snapshot", id, isFree: billedPartOf.custom === undefined, createdAt },
        ]),
    );
    const behind = (image: SwasImage) =>
        [image.systemSnapshotId, image.dataSnapshotId].flatMap((id) => billed.get(id ?? "") ?? []);
    const all = await Promise.all(
        images.map((image) =>
            imageStatus(
                context,
                service,
                image,
                {
                    kind: "custom image",
                    description: image.description,
                    sizeGiB: image.requiredSystemDiskGiB,
                    behind: behind(image),
                },
                holders,
            ),
        ),
    );
    const used = new Set(images.flatMap(behind).map(({ id }) => id));
    const left = snapshots.filter(({ snapshotId }) => !used.has(snapshotId));
    return {
        images: all,
        withoutImage: left.map((one) => alone(billed.get(one.snapshotId), one.tags)),
        otherServers: await otherSimpleServers(region, all),
        notes: [],
    };

    function alone(snapshot: Billed | undefined, tags: Record<string, string>) {
        return { ...(snapshot ?? { kind: "snapshot", id: "", isFree: true }), madeByStack: isMadeByStack(tags) };
    }
}

/** @param simple what Simple Application Server has; ECS instances may be created from its images */
async function imagesOfEcs(
    context: HandlerContext,
    region: AlibabaRegion,
    simple: Found,
    holders: Holders,
): Promise<Found> {
    const service = ecsImages(region);
    const [images, snapshots] = await Promise.all([service.all(), region.ecs.describeSnapshots()]);
    const billed = snapshots.map(({ snapshotId: id, createdAt, sizeGiB, tags }) => ({
        kind: "snapshot" as const,
        id,
        isFree: false,
        createdAt,
        sizeGiB,
        madeByStack: isMadeByStack(tags),
    }));
    const all = await Promise.all(
        images.map((image) => {
            const ids = snapshotsBehind(image);
            const behind = billed.filter(({ id }) => ids.includes(id)).map(({ madeByStack: _, ...one }) => one);
            const { description, sizeGiB } = image;
            return imageStatus(context, service, image, { kind: "ECS image", description, sizeGiB, behind }, holders);
        }),
    );
    const used = images.flatMap(snapshotsBehind);
    return {
        images: all,
        withoutImage: billed.filter(({ id }) => !used.includes(id)),
        otherServers: await otherInstances(region, [...simple.images, ...all]),
        notes: [],
    };
}

const isMadeByStack = (tags: Record<string, string>) => readOwnership(tags) !== undefined;

import type { AlibabaRegion } from "../../clouds/connect";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { ecsImages } from "../images/ecsImages";
import { ecsImagesOf } from "../images/missingImage";
import { waitWhilePending } from "../images/waitForImage";
import { contentHashOf } from "../ownership/ownership";
import { expectedMs } from "../polling/expectedDurations";
import { ecsInstanceTagging } from "../tags/alibabaTagging";
import { powerOf, unlessChanged } from "./alibabaStates";
import type { ReplaceableServer } from "./replaceableServer";

/** An ECS instance: ReplaceSystemDisk, which releases the old disk and makes a new one. */
export function ecsServer(context: HandlerContext, region: AlibabaRegion, instanceId: string): ReplaceableServer {
    const { ecs } = region;
    const findImage = async (imageId: string) => (await ecs.describeImages({ imageId }))[0];

    return {
        images: ecsImagesOf(region),
        what: `instance ${instanceId} in ${region.region}`,
        mustBeStopped: true,
        expected: expectedMs.ecsSystemDisk,

        async poll() {
            const server = await ecs.instance(instanceId);
            if (!server) return undefined;
            const disk = (await ecs.describeDisks({ instanceId })).find(({ type }) => type === "system");
            return {
                imageId: server.imageId,
                power: server.locked ? "busy" : powerOf(server.status),
                status: server.locked ? "locked" : server.status,
                disk: disk && { id: disk.diskId, sizeGiB: disk.sizeGiB },
                keyPair: server.keyPairName,
                tags: server.tags,
            };
        },

        tags: async () => (await ecs.instance(instanceId))?.tags,

        async refusals(_seen, imageId, { mayComeLater }) {
            const image = await findImage(imageId);
            if (!image && mayComeLater) return [];
            if (image && image.status === "Available" && image.usable) return [];
            const what = image
                ? `image ${imageId} is ${image.status} and not usable yet`
                : `ECS sees no image ${imageId}`;
            return [`${what} in ${region.region}: share or copy it to ECS there first`];
        },

        imageReady: (imageId, limit) => waitWhilePending(context, ecsImages(region), imageId, limit),

        cautions: async () => ["the disk itself goes, and a new one comes"],

        async replace(seen, { imageId, keyPair }) {
            const image = await findImage(imageId);
            const needed = image?.disks.find(({ type }) => type === "system")?.sizeGiB ?? image?.sizeGiB ?? 0;
            return unlessChanged(() =>
                ecs.replaceSystemDisk({
                    instanceId,
                    imageId,
                    // The cloud's own default may be smaller than the disk, which it then refuses.
                    systemDiskSizeGiB: Math.max(seen.disk?.sizeGiB ?? 0, needed) || undefined,
                    keyPairName: keyPair ?? seen.keyPair,
                    // Every replacement makes another disk, so the token is good for this one only.
                    clientToken: `wipe-${seen.disk?.id ?? instanceId}-${contentHashOf(imageId)}`,
                }),
            );
        },

        async start() {
            await unlessChanged(() => ecs.startInstance(instanceId));
        },

        async stop() {
            await unlessChanged(() => ecs.stopInstance(instanceId));
        },

        tagging: ecsInstanceTagging(region, instanceId),
    };
}

import { explain, swasResetLimits } from "../../clouds/capabilities";
import type { AlibabaRegion } from "../../clouds/connect";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { swasServerImagesOf } from "../images/missingImage";
import { swasImages } from "../images/swasImages";
import { waitWhilePending } from "../images/waitForImage";
import { expectedMs } from "../polling/expectedDurations";
import { serverTagging } from "../tags/alibabaTagging";
import { powerOf, unlessChanged } from "./alibabaStates";
import type { ReplaceableServer, SeenServer } from "./replaceableServer";

/** Hong Kong is outside, for all that its id says. */
const isInMainland = (region: string) => region.startsWith("cn-") && region !== "cn-hongkong";

/** A Simple Application Server: ResetSystem. */
export function swasServer(context: HandlerContext, region: AlibabaRegion, instanceId: string): ReplaceableServer {
    const { swas } = region;
    const images = swasImages(region);
    const find = async () => swas.instance(instanceId);

    async function refusals(seen: SeenServer, imageId: string): Promise<string[]> {
        const current = seen.imageId ? await images.find(seen.imageId) : undefined;
        const isOfDataImage = current?.requiredDataDiskGiB && current.createdInstanceIds.includes(instanceId);
        if (isOfDataImage) return [explain(swasResetLimits.fromDataImage)];
        const image = await images.find(imageId);
        // Images of the cloud itself are not in this list; the cloud checks them.
        if (!image) return [];
        const { requiredSystemDiskGiB = 0, requiredDataDiskGiB = 0, osType = seen.osType } = image;
        const limits = [
            { applies: image.instanceId === instanceId, limit: swasResetLimits.ownImage },
            { applies: osType !== seen.osType && !isInMainland(region.region), limit: swasResetLimits.otherFamily },
            { applies: requiredDataDiskGiB > (seen.dataDiskGiB ?? 0), limit: swasResetLimits.dataDisk },
            { applies: requiredSystemDiskGiB > (seen.disk?.sizeGiB ?? 0), limit: swasResetLimits.systemDisk },
        ];
        return limits.filter(({ applies }) => applies).map(({ limit }) => explain(limit));
    }

    return {
        images: swasServerImagesOf(region),
        what: `server ${instanceId} in ${region.region}`,
        mustBeStopped: false,
        expected: expectedMs.swasReset,

        async poll() {
            const server = await find();
            if (!server) return undefined;
            const disks = await swas.disksOf(instanceId);
            const disk = disks.find(({ diskType }) => diskType === "system");
            return {
                imageId: server.imageId,
                power: powerOf(server.status),
                status: server.status,
                disk: disk && { id: disk.diskId, sizeGiB: disk.sizeGiB },
                keyPair: undefined,
                osType: server.osType,
                dataDiskGiB: disks.find(({ diskType }) => diskType === "data")?.sizeGiB,
                tags: server.tags,
            };
        },

        tags: async () => (await find())?.tags,

        refusals,

        imageReady: (imageId, limit) => waitWhilePending(context, images, imageId, limit),

        cautions: async () => ["its snapshots stay, but cannot roll it back any more"],

        replace: (_seen, { imageId, keyPair }) =>
            unlessChanged(() => swas.resetSystem({ instanceId, imageId, keyPairName: keyPair })),

        async start() {
            await unlessChanged(() => swas.startInstance(instanceId));
        },

        async stop() {
            await unlessChanged(() => swas.stopInstance(instanceId));
        },

        tagging: serverTagging(region, instanceId),
    };
}

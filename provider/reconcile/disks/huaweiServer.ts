import { explain, fullEcsImageWipe } from "../../clouds/capabilities";
import { CloudError, UserError } from "../../clouds/errors";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { HuaweiServer } from "../../clouds/huawei/serverAnswers";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { imsImages } from "../images/imsImages";
import { huaweiImagesOf } from "../images/missingImage";
import { waitWhilePending } from "../images/waitForImage";
import { expectedMs } from "../polling/expectedDurations";
import { type PollResult, waitUntil } from "../polling/waiting";
import { serverTagging } from "../tags/huaweiTagging";
import type { ReplaceableServer, SeenServer } from "./replaceableServer";

function powerOf({ status, taskState }: HuaweiServer): SeenServer["power"] {
    if (taskState !== undefined) return "busy";
    if (status === "ACTIVE") return "running";
    return status === "SHUTOFF" ? "stopped" : "busy";
}

/** A server of Huawei Cloud or Open Telekom Cloud: changing its operating system. */
export function huaweiServer(
    context: HandlerContext,
    region: HuaweiRegion,
    { serverId, limit }: { serverId: string; limit: number },
): ReplaceableServer {
    const { servers, ims } = region;

    async function follow(jobId: string): Promise<void> {
        const poll = async (): Promise<PollResult<true>> => {
            const job = await servers.job(jobId);
            if (job.status === "FAIL") {
                const code = job.errorCode ? `${job.errorCode}, ` : "";
                const reason = job.failReason ?? "no reason given";
                throw new UserError(`the change of server ${serverId} failed: ${reason} (${code}job ${jobId})`);
            }
            return job.status === "SUCCESS"
                ? { done: true }
                : { pending: "changing the server", progress: job.progress };
        };
        await waitUntil({
            context,
            what: `server job ${jobId}`,
            poll,
            limit,
            expected: expectedMs.huaweiChangeOs,
        });
    }

    return {
        images: huaweiImagesOf(region),
        what: `server ${serverId} in ${region.region}`,
        mustBeStopped: true,
        expected: expectedMs.huaweiChangeOs,

        async poll() {
            const server = await servers.server(serverId);
            if (!server || server.status === "DELETED") return undefined;
            const disk = (await servers.blockDevices(serverId)).find(({ bootable }) => bootable);
            return {
                imageId: server.imageId,
                power: powerOf(server),
                status: server.taskState ?? server.status,
                disk: disk && { id: disk.volumeId, sizeGiB: disk.sizeGiB },
                keyPair: server.keyName,
                tags: server.tags,
            };
        },

        tags: async () => (await servers.server(serverId))?.tags,

        async refusals(_seen, imageId, { mayComeLater }) {
            const image = await ims.image(imageId);
            if (!image && mayComeLater) return [];
            if (image?.status === "active") return [];
            return [`image ${imageId} is ${image ? image.status : "not there"} in ${region.region}`];
        },

        imageReady: (imageId, wait) => waitWhilePending(context, imsImages(region), imageId, wait),

        async cautions(imageId) {
            const image = imageId === undefined ? undefined : await ims.image(imageId);
            return image?.wholeImage ? [explain(fullEcsImageWipe)] : [];
        },

        async replace(seen, { imageId, keyPair }) {
            const image = await ims.image(imageId);
            try {
                const jobId = await servers.changeOs(serverId, {
                    imageId,
                    keyName: keyPair ?? seen.keyPair,
                    hasCloudInit: image?.hasCloudInit ?? true,
                });
                await follow(jobId);
            } catch (error) {
                // Whether the cloud has begun shows on the server.
                if (!(error instanceof CloudError && error.outcomeUnknown)) throw error;
            }
            return true;
        },

        start: async () => follow(await servers.start(serverId)),
        stop: async () => follow(await servers.stop(serverId)),
        tagging: serverTagging(region, serverId),
    };
}

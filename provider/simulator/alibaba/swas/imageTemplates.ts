import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { imagesSharedWith } from "./lookup";
import { customImageKind, type Server } from "./models";
import { swasRules } from "./swasRules";
import { systemImages } from "./systemImages";

/** The content of an image for a server, and the disks that the server requires. */
export interface Template {
    readonly image: Pick<Server, "imageId" | "imageName" | "imageVersion" | "imageType" | "osType" | "guest">;
    readonly systemDiskGiB: number;
    readonly dataDiskGiB: number;
    /** The server that the image was created from; "" if the caller does not see it. */
    readonly sourceServerId: string;
}

/** An image that the caller can use for a server in its region: public, its own, or shared with it. */
export function templateOf(caller: Caller, imageId: string): Template {
    const offered = systemImages.find((image) => image.id === imageId);
    if (offered) {
        const { name, version, type, osType, diskGiB } = offered;
        const image = { imageId, imageName: name, imageVersion: version, imageType: type, osType, guest: {} };
        return { image, systemDiskGiB: diskGiB, dataDiskGiB: 0, sourceServerId: "" };
    }
    const own = caller.store.get(customImageKind, imageId);
    const custom = own ?? imagesSharedWith(caller).find((image) => image.id === imageId)?.value;
    if (!custom) throw apiError(swasRules.unknownImage);
    if (custom.status !== "1") throw apiError(swasRules.imageNotReady);
    return {
        image: {
            imageId,
            imageName: custom.name,
            imageVersion: custom.sourceImageVersion,
            imageType: "custom",
            osType: custom.osType,
            guest: custom.guest,
        },
        systemDiskGiB: custom.systemDiskGiB,
        // An image that is shared with an account does not contain the data disk (product-overview/limits).
        dataDiskGiB: own ? custom.dataDiskGiB : 0,
        sourceServerId: custom.serverId,
    };
}

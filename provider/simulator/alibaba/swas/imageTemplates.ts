import { apiError } from "../../core/errorRule";
import type { Caller } from "../gateway/operation";
import { imagesSharedWith } from "./lookup";
import { customImageKind, type Server } from "./models";
import { swasRules } from "./swasRules";
import { systemImages } from "./systemImages";

/** What a server gets from an image, and the disks that it needs for it. */
export interface Template {
    readonly image: Pick<Server, "imageId" | "imageName" | "imageVersion" | "imageType" | "osType" | "guest">;
    readonly systemDiskGiB: number;
    readonly dataDiskGiB: number;
    /** The server that the image was made from; "" for none that the caller knows. */
    readonly madeFrom: string;
}

/** The image that the caller may put on a server in its region: offered, its own, or shared with it. */
export function templateOf(caller: Caller, imageId: string): Template {
    const offered = systemImages.find((image) => image.id === imageId);
    if (offered) {
        const { name, version, type, osType, diskGiB } = offered;
        const image = { imageId, imageName: name, imageVersion: version, imageType: type, osType, guest: {} };
        return { image, systemDiskGiB: diskGiB, dataDiskGiB: 0, madeFrom: "" };
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
        // Sharing with an account leaves the data disk out (product-overview/limits).
        dataDiskGiB: own ? custom.dataDiskGiB : 0,
        madeFrom: custom.serverId,
    };
}

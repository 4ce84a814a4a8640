import { oversizedSystemDisk, systemImageSource } from "../../clouds/capabilities";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import { expectedMs } from "../polling/expectedDurations";
import { type ImsImage, imsImages, imsMayBeUnderWay } from "./imsImages";
import type { ImageService } from "./service";

/** The system images of a project: images of one disk, without a backup behind them. */
export function systemImages(region: HuaweiRegion): ImageService<ImsImage> {
    return {
        ...imsImages(region, { wholeImage: false, expected: expectedMs.systemImage }),
        // There is no backup that names the image, and jobs cannot be listed.
        onlyListsTell: true,
        mayBeUnderWay: async (error) => imsMayBeUnderWay(error),
    };
}

/** Why no system image can be created from a server; undefined if nothing prevents it. */
export async function systemSourceProblem(region: HuaweiRegion, id: string): Promise<string | undefined> {
    const server = await region.servers.server(id);
    if (!server) return `no server ${id} in ${region.region}: correct the id, the region or the account`;
    if (server.status !== "ACTIVE" && server.status !== "SHUTOFF") {
        return `server ${id} is ${server.status}: a system image can be created only from a running or stopped server (${systemImageSource})`;
    }
    const systemDisk = (await region.servers.blockDevices(id)).find(({ bootable }) => bootable);
    if (!systemDisk) return `server ${id} has no system disk: attach one (IMS error IMG.0119)`;
    if (systemDisk.sizeGiB <= oversizedSystemDisk.mostGiB) return undefined;
    return `server ${id} has a system disk of ${systemDisk.sizeGiB} GiB, ${oversizedSystemDisk.reason} (${oversizedSystemDisk.source})`;
}

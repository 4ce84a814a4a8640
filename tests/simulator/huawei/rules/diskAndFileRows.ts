import type { imageSourceRules } from "../../../../provider/dist/simulator/huawei/ims/imageRules.js";
import { volumes } from "../../../../provider/dist/simulator/huawei/models/volume.js";
import { type Bench, golden } from "../client.ts";
import type { RowsOf } from "./row.ts";
import { aDisk, csbs, disksOf, fromServer, storeOf, systemImagesPath, wholeImagesPath } from "./scene.ts";

type Change = Parameters<ReturnType<typeof storeOf>["change"]>[2];

const order = ({ golden: client }: Bench, body: Record<string, unknown>) =>
    client.post(systemImagesPath, { name: "image", ...body });

const orderFile = (bench: Bench, changes: Record<string, unknown>) =>
    order(bench, { image_url: "bucket:file", min_disk: 40, ...changes });

/** A disk of the golden server by its number, changed in a way that no request can. */
async function changedDisk(bench: Bench, number: number, change: Change): Promise<string> {
    const id = (await disksOf(bench, golden.server))[number] ?? "";
    storeOf(bench).change(volumes, id, change);
    return id;
}

const system = { os_version: "CentOS 7.9 64bit" };

/** Errors of images of disks and of files. */
export const diskAndFileRows = {
    dedicatedDisk: {
        says: "400 IMG.0153 DESS or DSS disks cannot be used to create images.",
        by: async (bench) => {
            await changedDisk(bench, 1, { type: "DESS" });
            return bench.golden.post(wholeImagesPath, fromServer);
        },
    },
    sharedDisk: {
        says: "400 CSBS.6010 The server has shareable volumes and is not allowed to protect.",
        options: csbs,
        by: async (bench) => {
            await changedDisk(bench, 1, { multiattach: true });
            return bench.golden.post(wholeImagesPath, fromServer);
        },
    },
    systemDiskTooLarge: {
        says: "400 IMG.0111 The size of the system disk exceeds the maximum allowed.",
        by: async (bench) => {
            await changedDisk(bench, 0, { sizeGiB: 1025 });
            return order(bench, fromServer);
        },
    },
    diskUnavailable: {
        says: "400 IMG.0120 The specified data disk ID is unavailable.",
        by: (bench) => order(bench, { volume_id: "none", ...system }),
    },
    diskState: {
        says: "400 IMG.0022 The disk in the current state cannot be used to create images.",
        by: async (bench) => order(bench, { volume_id: await changedDisk(bench, 1, { status: "error" }), ...system }),
    },
    disksOfSeveral: {
        says: "400 IMG.0140 The disks in the request come from different ECSs.",
        by: async (bench) => {
            const disks = [(await disksOf(bench, golden.server))[1], await aDisk(bench)];
            return order(bench, { data_images: disks.map((volume_id) => ({ name: "data", volume_id })) });
        },
    },
    osVersionMissing: {
        says: "400 IMG.0056 The OS version is invalid.",
        by: async (bench) => order(bench, { volume_id: (await disksOf(bench, golden.server))[1] }),
    },
    imageTypeUnknown: {
        says: "400 IMG.0024 The image type in the request is incorrect.",
        by: (bench) => orderFile(bench, { type: "Other" }),
    },
    isoWithoutSystem: {
        says: "400 IMG.0166 OS information must be contained in the ISO files used to create images.",
        by: (bench) => orderFile(bench, { type: "IsoImage" }),
    },
    fileAddress: {
        says: "400 IMG.0017 The URL format is incorrect.",
        by: (bench) => orderFile(bench, { image_url: "nowhere" }),
    },
    fileTwice: {
        says: "400 IMG.0123 The image file address in the request is duplicate.",
        by: (bench) => orderFile(bench, { data_images: [{ name: "data", image_url: "bucket:file", min_disk: 10 }] }),
    },
    firmwareType: {
        says: "400 IMG.0141 The value of hw_firmware_type is not uefi or bios.",
        by: (bench) => orderFile(bench, { hw_firmware_type: "other" }),
    },
} as const satisfies Partial<RowsOf<typeof imageSourceRules>>;

import type { imageRules } from "../../../../provider/dist/simulator/huawei/ims/imageRules.js";
import { defaultWorld } from "../../../../provider/dist/simulator/worlds/world.js";
import type { Bench } from "../client.ts";
import type { RowsOf } from "./row.ts";
import {
    aGoldImage,
    aSystemImage,
    aWholeImage,
    fromServer,
    patch,
    shareWithPartner,
    systemImagesPath,
} from "./scene.ts";

const deletable = {
    ...defaultWorld,
    huawei: { ...defaultWorld.huawei, deletionDuringCreation: "allow" as const },
};

async function anIsoImage({ golden: client, seconds }: Bench): Promise<string> {
    const file = { name: "image", image_url: "bucket:file", min_disk: 40, type: "IsoImage" };
    const { body } = await client.post(systemImagesPath, { ...file, os_version: "CentOS 7.9 64bit" });
    seconds(500);
    return (await client.job(body.job_id)).entities.image_id;
}

export const imageRows: RowsOf<typeof imageRules> = {
    missing: {
        says: "400 IMG.0027 The image ID in the request does not exist.",
        by: (bench) => patch(bench, "none", "/name", "new"),
    },
    missingNative: {
        says: "404 404 Not Found No image found with the ID given.",
        by: ({ golden: client }) => client.get("/v2/images/none"),
    },
    missingOnDelete: {
        says: "404 IMG.0144 The image does not exist.",
        by: ({ golden: client }) => client.del("/v2/images/none"),
    },
    unavailable: {
        says: "400 IMG.0046 The image is unavailable.",
        by: async (bench) => patch(bench, await aSystemImage(bench, 10), "/name", "new"),
    },
    attributeConflict: {
        says: "400 IMG.0035 An attribute conflict occurred during the modification.",
        by: async (bench) => patch(bench, await aSystemImage(bench), "/max_ram", "4096"),
    },
    isProtected: {
        says: "400 IMG.0028 The image in the request is protected.",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            await patch(bench, id, "/protected", true);
            return bench.golden.del(`/v2/images/${id}`);
        },
    },
    isBeingCreated: {
        says: "400 IMG.0090 The image being created cannot be deleted.",
        by: async (bench) => bench.golden.del(`/v2/images/${await aSystemImage(bench, 10)}`),
    },
    deletedMeanwhile: {
        says: "FAIL IMG.0061 The image was deleted while it was being created.",
        options: { world: deletable },
        by: async (bench) => {
            const { body } = await bench.golden.post(systemImagesPath, fromServer);
            bench.seconds(10);
            await bench.golden.del(`/v2/images/${(await bench.golden.job(body.job_id)).entities.image_id}`);
            return bench.golden.get(`/v1/{pid}/jobs/${body.job_id}`);
        },
    },
    isoCopy: {
        says: "400 IMG.0105 The operation is not supported.",
        by: async (bench) => bench.golden.post(`/v1/cloudimages/${await anIsoImage(bench)}/copy`, { name: "copy" }),
    },
    deleteByOwner: {
        says: "400 IMG.0092 The image can only be deleted by the owner.",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            await shareWithPartner(bench, id);
            return bench.partner.del(`/v2/images/${id}`);
        },
    },
    isPublic: {
        says: "400 IMG.0094 The public image cannot be deleted.",
        by: async (bench) => bench.golden.del(`/v2/images/${await aGoldImage(bench)}`),
    },
    ownerOnly: {
        says: "400 IMG.0047 This operation can be performed only by the image owner.",
        by: async (bench) => patch(bench, await aGoldImage(bench), "/name", "mine"),
    },
    wholeExport: {
        says: "400 IMG.0128 The full-ECS image cannot be exported.",
        by: async (bench) => bench.golden.post(`/v1/cloudimages/${await aWholeImage(bench)}/file`, {}),
    },
    wholeCopy: {
        says: "400 IMG.0130 The full-ECS image cannot be exported or replicated.",
        by: async (bench) => bench.golden.post(`/v1/cloudimages/${await aWholeImage(bench)}/copy`, { name: "copy" }),
    },
};

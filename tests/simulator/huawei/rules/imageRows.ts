import type { imageRules } from "../../../../provider/dist/simulator/huawei/ims/imageRules.js";
import type { RowsOf } from "./row.ts";
import { aGoldImage, aSystemImage, aWholeImage, patch, shareWithPartner } from "./scene.ts";

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

import type { regionCopyRules } from "../../../../provider/dist/simulator/huawei/ims/regionCopyRules.js";
import { images } from "../../../../provider/dist/simulator/huawei/models/image.js";
import { anEncryptedImage, aReplica, copyAway } from "./away.ts";
import type { RowsOf } from "./row.ts";
import { aSystemImage, aWholeImage, fromServer, storeOf, wholeImagesPath } from "./scene.ts";

export const regionCopyRows: RowsOf<typeof regionCopyRules> = {
    sameRegion: {
        says: "400 IMG.0142 The source and target regions must be different.",
        by: async (bench) => copyAway(bench, await aSystemImage(bench), { region: "eu-de", project_name: "eu-de" }),
    },
    encrypted: {
        says: "400 IMG.0143 The image is encrypted.",
        by: async (bench) => copyAway(bench, await anEncryptedImage(bench)),
    },
    projectName: {
        says: "400 IMG.0145 The project name in the request is incorrect.",
        by: async (bench) => copyAway(bench, await aSystemImage(bench), { project_name: "eu-de" }),
    },
    tooLarge: {
        says: "400 IMG.0146 The image size exceeds the maximum allowed for replication across regions.",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            storeOf(bench).change(images, id, { sizeBytes: 128 * 1024 ** 3 + 1 });
            return copyAway(bench, id);
        },
    },
    regionUnknown: {
        says: "400 IMG.0147 The region in the request is incorrect.",
        by: async (bench) =>
            copyAway(bench, await aSystemImage(bench), { region: "cn-north-4", project_name: "cn-north-4" }),
    },
    tooMany: {
        says: "400 IMG.0149 The number of images being replicated across regions has reached the maximum allowed.",
        options: { quotas: { "huawei.ims.regionCopies": 1 } },
        by: async (bench) => {
            const id = await aSystemImage(bench);
            await copyAway(bench, id);
            return copyAway(bench, id);
        },
    },
    backupThere: {
        says: "400 IMG.0150 The backup of the full-ECS image already exists in the target region.",
        by: async (bench) => {
            const [id, vault_id] = [await aWholeImage(bench), await aReplica(bench)];
            await copyAway(bench, id, { vault_id });
            return copyAway(bench, id, { vault_id });
        },
    },
    agencyMissing: {
        says: "400 IMG.0151 The agency does not have the permissions to replicate the image.",
        by: async (bench) => copyAway(bench, await aSystemImage(bench), { agency_name: undefined }),
    },
    stillZonal: {
        says: "400 IMG.0152 The full-ECS image is available in an AZ only.",
        by: async (bench) => {
            const { body } = await bench.golden.post(wholeImagesPath, fromServer);
            bench.seconds(300);
            const { image_id } = (await bench.golden.job(body.job_id)).entities;
            return copyAway(bench, image_id, { vault_id: await aReplica(bench) });
        },
    },
    vaultCannotReplicate: {
        says: "400 IMG.0189 The target vault does not support replication.",
        by: async (bench) =>
            copyAway(bench, await aWholeImage(bench), { vault_id: await aReplica(bench, { protect_type: "backup" }) }),
    },
};

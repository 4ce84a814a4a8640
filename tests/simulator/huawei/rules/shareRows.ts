import type { shareRules } from "../../../../provider/dist/simulator/huawei/ims/shareRules.js";
import { type Bench, golden, partner, wholeImage } from "../client.ts";
import { anEncryptedImage } from "./away.ts";
import type { RowsOf } from "./row.ts";
import { aGoldImage, aSystemImage, aWholeImage, csbs, shareWithPartner } from "./scene.ts";

const shareWith = ({ golden: client }: Bench, imageId: string, member: string) =>
    client.post(`/v2/images/${imageId}/members`, { member });

async function shared(bench: Bench): Promise<string> {
    const id = await aSystemImage(bench);
    await shareWithPartner(bench, id);
    return id;
}

export const shareRows: RowsOf<typeof shareRules> = {
    withYourself: {
        says: "400 IMG.0076 You cannot share an image with yourself.",
        by: async (bench) => shareWith(bench, await aSystemImage(bench), golden.project),
    },
    quota: {
        says: "400 IMG.0088 The number of shared images has reached the maximum allowed.",
        options: { quotas: { "huawei.ims.members": 0 } },
        by: async (bench) => shareWithPartner(bench, await aSystemImage(bench)),
    },
    publicImage: {
        says: "400 IMG.0089 The public image cannot be shared.",
        by: async (bench) => shareWithPartner(bench, await aGoldImage(bench)),
    },
    encrypted: {
        says: "400 IMG.0098 The encrypted image cannot be shared.",
        by: async (bench) => shareWithPartner(bench, await anEncryptedImage(bench)),
    },
    anotherTenant: {
        says: "400 IMG.0106 The image owner is another tenant.",
        by: async (bench) =>
            bench.partner.post(`/v2/images/${await shared(bench)}/members`, { member: golden.project }),
    },
    projectNotInRegion: {
        says: "400 IMG.0108 The tenant ID was not found in the current region.",
        by: async (bench) => shareWith(bench, await aSystemImage(bench), golden.projectNl),
    },
    queryFailed: {
        says: "400 IMG.0114 Failed to query the tenant details.",
        by: async (bench) =>
            bench.golden.put("/v1/cloudimages/members", {
                images: [await shared(bench)],
                project_id: golden.project,
                status: "accepted",
            }),
    },
    wholeImage: {
        says: "400 IMG.0135 The full-ECS image cannot be shared.",
        options: csbs,
        by: async (bench) => shareWithPartner(bench, (await wholeImage(bench, { vault_id: undefined })).imageId),
    },
    vaultNeeded: {
        says: "400 IMG.0184 Failed to obtain the vault. vault_id is mandatory to accept a full-ECS image made from a CBR backup.",
        by: async (bench) => {
            const id = await aWholeImage(bench);
            await shareWithPartner(bench, id);
            return bench.partner.put(`/v2/images/${id}/members/${partner.project}`, { status: "accepted" });
        },
    },
    forbidden: {
        says: "403 403 Forbidden Not allowed to update members for the image.",
        by: async (bench) =>
            bench.golden.put(`/v2/images/${await shared(bench)}/members/${partner.project}`, { status: "accepted" }),
    },
    duplicate: {
        says: "409 409 Conflict Duplicate members are not allowed for the image.",
        by: async (bench) => shareWithPartner(bench, await shared(bench)),
    },
    memberMissing: {
        says: "404 404 Not Found The member was not found in the image.",
        by: async (bench) => bench.golden.del(`/v2/images/${await aSystemImage(bench)}/members/${partner.project}`),
    },
    onlyUpdatableStatus: {
        says: "400 400 Bad Request The status of a member must be accepted, rejected or pending.",
        by: async (bench) =>
            bench.partner.put(`/v2/images/${await shared(bench)}/members/${partner.project}`, { status: "maybe" }),
    },
};

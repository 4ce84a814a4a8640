import { backups } from "../../../../provider/dist/simulator/huawei/models/backup.js";
import { type Vault, vaults } from "../../../../provider/dist/simulator/huawei/models/vault.js";
import { volumes } from "../../../../provider/dist/simulator/huawei/models/volume.js";
import { type Answer, type Bench, golden, partner, wholeImage } from "../client.ts";
import { aReplica, awayStoreOf, copyAway, toNl } from "./away.ts";
import type { Place } from "./row.ts";
import {
    aDisk,
    aSystemImage,
    aWholeImage,
    csbs,
    disksOf,
    fromServer,
    power,
    serversPath,
    shareWithPartner,
    storeOf,
    systemImagesPath,
    wholeImagesPath,
} from "./scene.ts";

const version = { os_version: "CentOS 7.9 64bit" };

const order = ({ golden: client }: Bench, body: Record<string, unknown>) =>
    client.post(systemImagesPath, { name: "image", ...body });

const orderFile = ({ golden: client }: Bench, changes: Record<string, unknown>) =>
    client.post("/v1/cloudimages/dataimages/action", {
        name: "image",
        image_url: "bucket:file",
        min_disk: 10,
        ...changes,
    });

async function orderDisk(bench: Bench, number: number, type = "SSD"): Promise<Answer> {
    const volume_id = (await disksOf(bench, golden.server))[number] ?? "";
    storeOf(bench).change(volumes, volume_id, { type });
    return order(bench, { volume_id, ...version });
}

/** Copies a full-ECS image to a vault that was changed directly. */
async function copyInto(
    bench: Bench,
    billing: Record<string, unknown>,
    status: Vault["status"] = "available",
): Promise<Answer> {
    const vault_id = await aReplica(bench, billing);
    awayStoreOf(bench).change(vaults, vault_id, { status });
    return copyAway(bench, await aWholeImage(bench), { vault_id });
}

/** The partner copies its own full-ECS image to eu-nl. */
async function createStagingCopy({ partner: client, seconds }: Bench, vault_id: string): Promise<Answer> {
    const [{ id: instance_id }] = (await client.get(`${serversPath}/detail`)).body.servers;
    const { body } = await client.post(wholeImagesPath, { name: "image", instance_id, vault_id: partner.vault });
    seconds(1100);
    const { image_id } = (await client.job(body.job_id)).entities;
    return client.post(`/v1/cloudimages/${image_id}/cross_region_copy`, { ...toNl, vault_id });
}

/**
 * Where images of disks and files, copies to other regions and OpenStack's own APIs check rules that others check too.
 */
export const sourcePlaces: readonly Place[] = [
    {
        says: "400 IMG.0153",
        where: "an image of a disk in dedicated storage",
        by: (bench) => orderDisk(bench, 1, "DESS"),
    },
    {
        says: "400 IMG.0153",
        where: "an image of a system disk in dedicated storage",
        by: async (bench) => {
            await orderDisk(bench, 0, "DSS");
            return order(bench, fromServer);
        },
    },
    { says: "400 IMG.0120", where: "an image of a disk that is a system disk", by: (bench) => orderDisk(bench, 0) },
    {
        says: "400 IMG.0120",
        where: "two images of one disk",
        by: async (bench) => {
            const one = { name: "data", volume_id: await aDisk(bench) };
            return order(bench, { data_images: [one, one] });
        },
    },
    {
        says: "FAIL IMG.0120",
        where: "a disk that is deleted meanwhile",
        by: async (bench) => {
            const volume_id = await aDisk(bench);
            const { body } = await order(bench, { volume_id, ...version });
            storeOf(bench).delete(volumes, volume_id);
            bench.seconds(500);
            return bench.golden.get(`/v1/{pid}/jobs/${body.job_id}`);
        },
    },
    {
        says: "400 IMG.0010",
        where: "an image of a disk of a busy server",
        by: async (bench) => {
            await power(bench, "os-stop");
            return orderDisk(bench, 1);
        },
    },
    {
        says: "400 IMG.0056",
        where: "a quick import without a version",
        by: (bench) => order(bench, { image_url: "bucket:file", min_disk: 40, is_quick_import: true }),
    },
    {
        says: "400 IMG.0055",
        where: "a file without min_disk",
        by: (bench) => orderFile(bench, { min_disk: undefined }),
    },
    {
        says: "400 IMG.0055",
        where: "a file with too large a disk",
        by: (bench) => orderFile(bench, { min_disk: 2049 }),
    },
    {
        says: "400 IMG.0017",
        where: "a data disk's file without an address",
        by: (bench) => orderFile(bench, { image_url: "file" }),
    },
    { says: "400 IMG.0013", where: "a data disk's file without a name", by: (bench) => orderFile(bench, { name: "" }) },
    {
        says: "400 IMG.0007",
        where: "a data disk's image without a source",
        by: ({ golden: client }) => client.post("/v1/cloudimages/dataimages/action", undefined),
    },
    {
        says: "400 IMG.0007",
        where: "a registration without a body",
        by: async (bench) => bench.golden.put(`/v1/cloudimages/${await aSystemImage(bench)}/upload`, undefined),
    },
    {
        says: "409 409 Conflict",
        where: "a registration for an image that has data",
        by: async (bench) =>
            bench.golden.put(`/v1/cloudimages/${await aSystemImage(bench)}/upload`, { image_url: "bucket:file" }),
    },
    {
        says: "400 IMG.0015",
        where: "a record beyond the quota",
        options: { quotas: { "huawei.ims.images": 0 } },
        by: ({ golden: client }) => client.post("/v2/images", { name: "image" }),
    },
    {
        says: "400 IMG.0027",
        where: "a copy to another region of an unknown image",
        by: (bench) => copyAway(bench, "none"),
    },
    {
        says: "400 IMG.0013",
        where: "a copy to another region without a name",
        by: async (bench) => copyAway(bench, await aSystemImage(bench), { name: "" }),
    },
    {
        says: "400 IMG.0046",
        where: "a copy to another region during the upload",
        by: async (bench) => copyAway(bench, await aSystemImage(bench, 10)),
    },
    {
        says: "400 IMG.0047",
        where: "a copy to another region by a recipient",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            await shareWithPartner(bench, id);
            return bench.partner.post(`/v1/cloudimages/${id}/cross_region_copy`, toNl);
        },
    },
    {
        says: "400 IMG.0015",
        where: "a copy to another region beyond the quota",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            bench.simulator.sim.quotas.change("huawei.ims.images", 0);
            return copyAway(bench, id);
        },
    },
    {
        says: "400 IMG.0130",
        where: "a copy to another region in profile csbs",
        options: csbs,
        by: async (bench) => copyAway(bench, (await wholeImage(bench, { vault_id: undefined })).imageId),
    },
    {
        says: "400 IMG.0130",
        where: "a copy to another region with a CSBS backup",
        by: async (bench) => {
            const { imageId, backupId } = await wholeImage(bench);
            storeOf(bench).change(backups, backupId, { service: "csbs" });
            return copyAway(bench, imageId, { vault_id: await aReplica(bench) });
        },
    },
    {
        says: "400 IMG.0184",
        where: "a copy to another region without a vault",
        by: async (bench) => copyAway(bench, await aWholeImage(bench)),
    },
    {
        says: "400 IMG.0184",
        where: "a copy into a vault of another region",
        by: async (bench) => copyAway(bench, await aWholeImage(bench), { vault_id: golden.vault }),
    },
    {
        says: "400 IMG.0184",
        where: "a copy into the vault of another account",
        by: async (bench) => createStagingCopy(bench, await aReplica(bench)),
    },
    { says: "400 IMG.0188", where: "a copy into a locked vault", by: (bench) => copyInto(bench, {}, "lock") },
    { says: "400 IMG.0182", where: "a copy into a small vault", by: (bench) => copyInto(bench, { size: 100 }) },
    {
        says: "404 404 The ECS does not exist.",
        where: "a native query of an unknown server",
        by: ({ golden: client }) => client.get("/v2.1/{pid}/servers/none"),
    },
    {
        says: "404 404 Volume cound not be found.",
        where: "a native query of an unknown disk",
        by: ({ golden: client }) => client.get("/v3/{pid}/volumes/none"),
    },
    {
        says: "400 400 volume status must be available",
        where: "a native deletion of a disk in use",
        by: async (bench) => bench.golden.del(`/v3/{pid}/volumes/${(await disksOf(bench, golden.server))[1]}`),
    },
    {
        says: "400 400 project_id in token mismatches with project_id in url.",
        where: "a native list of another project's servers",
        by: ({ golden: client }) => client.get(`/v2.1/${partner.project}/servers`),
    },
];

import type { serverRules } from "../../../../provider/dist/simulator/huawei/ecs/serverRules.js";
import { backups } from "../../../../provider/dist/simulator/huawei/models/backup.js";
import { servers } from "../../../../provider/dist/simulator/huawei/models/server.js";
import { type Bench, golden, partner, serverRequest, wholeImage } from "../client.ts";
import type { RowsOf } from "./row.ts";
import {
    aDisk,
    aGoldImage,
    aServerWithoutDisks,
    aSystemImage,
    aWholeImage,
    disksOf,
    fromServer,
    patch,
    power,
    serversPath,
    shareWithPartner,
    storeOf,
    wholeImagesPath,
} from "./scene.ts";

const create = ({ golden: client }: Bench, imageId: string, fields: Record<string, unknown> = {}) =>
    client.post(serversPath, serverRequest(imageId, fields));

const createGold = async (bench: Bench, fields: Record<string, unknown>) =>
    create(bench, await aGoldImage(bench), fields);

const server = `${serversPath}/${golden.server}`;

const attach = ({ golden: client }: Bench, volumeId: string, device?: string) =>
    client.post(`${server}/attachvolume`, { volumeAttachment: { volumeId, device } });

/** A server from a full-ECS image whose backup was changed directly. */
async function afterChange(bench: Bench, change: Parameters<ReturnType<typeof storeOf>["change"]>[2]) {
    const { imageId, backupId } = await wholeImage(bench);
    storeOf(bench).change(backups, backupId, change);
    return create(bench, imageId);
}

export const serverRows: RowsOf<typeof serverRules> = {
    malformedBody: {
        says: "400 Ecs.0005 Invalid parameter values. Contact customer service.",
        by: ({ golden: client }) => client.post(serversPath, {}),
    },
    projectMismatch: {
        says: "400 Ecs.0023 project_id in token mismatches with project_id in url.",
        by: ({ golden: client }) => client.get(`/v1/${partner.project}/cloudservers/detail`),
    },
    missing: {
        says: "404 Ecs.0114 The ECS does not exist.",
        by: ({ golden: client }) => client.get(`${serversPath}/none`),
    },
    imageMissing: {
        says: "400 Ecs.0031 The image does not exist.",
        by: (bench) => create(bench, "none"),
    },
    imageNotAccepted: {
        says: "400 Ecs.0031 The image does not exist.",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            await shareWithPartner(bench, id);
            return bench.partner.post(serversPath, serverRequest(id));
        },
    },
    dataImage: {
        says: "400 Ecs.0032 The image is a data disk image.",
        by: async (bench) => {
            const file = { name: "data", image_url: "bucket:file", min_disk: 10 };
            const { body } = await bench.golden.post("/v1/cloudimages/dataimages/action", file);
            bench.seconds(500);
            return create(bench, (await bench.golden.job(body.job_id)).entities.image_id);
        },
    },
    imageNotActive: {
        says: "400 Ecs.0032 The image is not in Active state.",
        by: async (bench) => create(bench, await aSystemImage(bench, 10)),
    },
    wholeBackupMissing: {
        says: "400 Ecs.0034 The full-ECS backup does not exist or has been deleted.",
        by: (bench) => afterChange(bench, { status: "deleting" }),
    },
    wholeImageUnavailable: {
        says: "400 Ecs.0048 Ensure that the image status is Normal and that the status of the CSBS backup associated with the image is Available or Creating, and try again later.",
        by: (bench) => afterChange(bench, { status: "error" }),
    },
    wholeImageInAnotherZone: {
        says: "400 Ecs.0048 The full-ECS image is available only in the availability zone of its snapshots until its backup is complete.",
        by: async (bench) => {
            const { body } = await bench.golden.post(wholeImagesPath, fromServer);
            bench.seconds(420);
            const { entities } = await bench.golden.job(body.job_id);
            return create(bench, entities.image_id, { availability_zone: "eu-de-02" });
        },
    },
    zoneUnknown: {
        says: "400 Ecs.0005 The availability zone does not exist.",
        by: (bench) => createGold(bench, { availability_zone: "eu-nl-01" }),
    },
    tooManyDisks: {
        says: "400 Ecs.0042 The number of attached data disks exceeds the maximum allowed limit.",
        by: (bench) =>
            createGold(bench, { data_volumes: Array.from({ length: 60 }, () => ({ volumetype: "SSD", size: 10 })) }),
    },
    diskType: {
        says: "400 Ecs.0043 The disk type does not exist.",
        by: (bench) => createGold(bench, { root_volume: { volumetype: "TAPE" } }),
    },
    systemDiskTooSmall: {
        says: "400 Ecs.0005 The system disk must not be smaller than the min_disk of the image.",
        by: (bench) => createGold(bench, { root_volume: { volumetype: "SSD", size: 1 } }),
    },
    flavorUnknown: {
        says: "400 Ecs.0005 The flavor does not exist.",
        by: (bench) => createGold(bench, { flavorRef: "large" }),
    },
    network: {
        says: "400 Ecs.0014 Incorrect VPC, subnet, or security group parameter values.",
        by: (bench) => createGold(bench, { vpcid: "none" }),
    },
    memoryTooSmall: {
        says: "400 Ecs.0007 The flavor has less memory than the image needs.",
        by: async (bench) => {
            const id = await aSystemImage(bench);
            await patch(bench, id, "/min_ram", 1_000_000);
            return create(bench, id);
        },
    },
    snapshotUnknown: {
        says: "400 Ecs.0005 extendparam.snapshotId names no disk of the full-ECS image.",
        by: (bench) =>
            createGold(bench, { data_volumes: [{ volumetype: "SSD", extendparam: { snapshotId: "none" } }] }),
    },
    restoreFailed: {
        says: "FAIL Ecs.0203 Failed to create the data disk. Try again later or contact customer service.",
        by: async (bench) => {
            const [, data = ""] = await disksOf(bench, golden.server);
            const data_volumes = [{ volumetype: "SSD", size: 10, extendparam: { snapshotId: data } }];
            const { body } = await create(bench, await aWholeImage(bench), { data_volumes });
            bench.seconds(500);
            return bench.golden.get(`/v1/{pid}/jobs/${body.job_id}`);
        },
    },
    clientTokenReused: {
        says: "400 Ecs.0005 The X-Client-Token was used for another request.",
        by: async (bench) => {
            const id = await aGoldImage(bench);
            const named = (name: string) =>
                bench.golden.call("POST", serversPath, {
                    body: serverRequest(id, { name }),
                    headers: { "x-client-token": "token" },
                });
            await named("one");
            return named("two");
        },
    },
    systemDiskBackedUp: {
        says: "400 Ecs.0073 The system disk is being backed up. Wait until the execution is complete and try again.",
        by: async (bench) => {
            await bench.golden.post(wholeImagesPath, fromServer);
            return bench.golden.post(`${serversPath}/delete`, { servers: [{ id: golden.server }] });
        },
    },
    state: {
        says: "400 Ecs.0100 The ECS status does not meet requirements. Make the ECS in the required status and try again.",
        by: (bench) => power(bench, "os-start"),
    },
    diskUnavailable: {
        says: "400 Ecs.0103 The disk can be attached to a server only when it exists and is in the Available state. Check the disk status and try again.",
        by: (bench) => attach(bench, "none"),
    },
    serverGone: {
        says: "FAIL Ecs.0114 The ECS does not exist.",
        by: async (bench) => {
            const { body } = await attach(bench, await aDisk(bench));
            storeOf(bench).delete(servers, golden.server);
            bench.seconds(10);
            return bench.golden.get(`/v1/{pid}/jobs/${body.job_id}`);
        },
    },
    tagQuota: {
        says: "400 Ecs.0005 The ECS has too many tags.",
        by: ({ golden: client }) => {
            const tags = Array.from({ length: 11 }, (_, index) => ({ key: `k${index}` }));
            return client.post(`${server}/tags/action`, { action: "create", tags });
        },
    },
    noSystemDisk: {
        says: "400 Ecs.0105 No system disk found. Attach the system disk to the ECS and try again.",
        by: async (bench) => {
            const id = await aServerWithoutDisks(bench);
            const imageid = await aGoldImage(bench);
            return bench.golden.post(`${serversPath}/${id}/changeos`, { "os-change": { imageid } });
        },
    },
    diskNotAttached: {
        says: "400 Ecs.0103 The disk is not attached to the ECS.",
        by: ({ golden: client }) => client.del(`${server}/detachvolume/none`),
    },
    deviceInUse: {
        says: "400 Ecs.0005 The device name is in use.",
        by: async (bench) => attach(bench, await aDisk(bench), "/dev/vda"),
    },
    tooManyServers: {
        says: "400 Ecs.0118 The number of ECSs exceeds the maximum allowed limit.",
        by: (bench) => createGold(bench, { count: 101 }),
    },
};

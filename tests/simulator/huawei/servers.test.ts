import assert from "node:assert/strict";
import {
    type Bench,
    bench,
    Client,
    closeAll,
    golden,
    type Json,
    newServer,
    serverRequest,
    wholeImage,
} from "./client.ts";

async function disks({ golden: client }: Bench, serverId: string): Promise<Json[]> {
    return (await client.get(`/v1/{pid}/cloudservers/${serverId}/block_device`)).body.volumeAttachments;
}

async function imageOf(world: Bench, name: string): Promise<{ imageId: string; backupId: string }> {
    const { body } = await world.golden.get("/v1/{pid}/cloudservers/detail", { name });
    return wholeImage(world, { instance_id: body.servers[0].id });
}

/** What the guest finds on the disks: a record of the simulator that no API shows. */
function guestStates({ simulator }: Bench, serverId: string): string[] {
    return simulator.sim.registry
        .objects()
        .filter(({ kind, value }) => kind === "huawei.volume" && JSON.stringify(value).includes(serverId))
        .map(({ value }): Json => value)
        .sort((a, b) => a.attachment.bootIndex - b.attachment.bootIndex)
        .map(({ guestState }) => guestState);
}

describe("huawei servers from full-ECS images", () => {
    afterEach(closeAll);

    it("restore every data disk without naming it (seed)", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { imageId } = await wholeImage(world);
        const creation = await client.post("/v1/{pid}/cloudservers", serverRequest(imageId, { count: 2 }));
        assert.equal(creation.status, 200, creation.text);
        const [first] = creation.body.serverIds;
        assert.equal((await client.get(`/v1/{pid}/cloudservers/${first}`)).status, 404, "not yet there");
        seconds(37);
        assert.equal((await client.get(`/v1/{pid}/cloudservers/${first}`)).status, 404, "for half of the time");
        assert.equal((await client.job(creation.body.job_id)).status, "RUNNING");
        seconds(1);
        assert.equal((await client.get(`/v1/{pid}/cloudservers/${first}`)).body.server.status, "BUILD");
        seconds(36);
        assert.equal((await client.job(creation.body.job_id)).status, "RUNNING");
        seconds(1);
        const job = await client.job(creation.body.job_id);
        assert.deepEqual([job.status, job.job_type, job.entities.sub_jobs_total], ["SUCCESS", "createServer", 2]);
        assert.deepEqual(
            job.entities.sub_jobs.map((one: Json) => one.entities.server_id),
            creation.body.serverIds,
        );
        const { server } = (await client.get(`/v1/{pid}/cloudservers/${first}`)).body;
        assert.deepEqual(
            [server.status, server.name, server.image.id, server.metadata["metering.imagetype"]],
            ["ACTIVE", "clone-0001", imageId, "private"],
        );
        assert.deepEqual([server.flavor.vcpus, server.flavor.ram], ["2", "4096"]);
        assert.deepEqual(
            (await disks(world, first)).map(({ size, device, bootIndex }) => [size, device, bootIndex]),
            [
                [40, "/dev/vda", 0],
                [100, "/dev/vdb", 1],
                [50, "/dev/vdc", 2],
            ],
        );
        assert.deepEqual(guestStates(world, first), ["healthy", "healthy", "healthy"]);
    });

    it("change a disk by snapshot id or original volume id, and add blank ones", async () => {
        const world = await bench();
        const { imageId, backupId } = await wholeImage(world);
        const { children } = (await world.golden.get(`/v3/{pid}/backups/${backupId}`)).body.backup;
        const { serverId } = await newServer(world, imageId, {
            root_volume: { volumetype: "SAS", size: 60 },
            data_volumes: [
                { volumetype: "SAS", size: 150, extendparam: { snapshotId: children[1].extend_info.snapshot_id } },
                { volumetype: "SSD", size: 80, extendparam: { snapshotId: children[2].resource_id } },
                { volumetype: "SATA", size: 10 },
            ],
        });
        assert.deepEqual(
            (await disks(world, serverId)).map(({ size }) => size),
            [60, 150, 80, 10],
        );
        const [, second] = await disks(world, serverId);
        const { volume } = (await world.golden.get(`/v2/{pid}/os-vendor-volumes/${second.volumeId}`)).body;
        assert.deepEqual([volume.volume_type, volume.status, volume.bootable], ["SAS", "in-use", "false"]);
        assert.equal(volume.snapshot_id, children[1].extend_info.snapshot_id);
    });

    it("fail to restore a disk smaller than its original, and are deleted then", async () => {
        const world = await bench();
        const { imageId, backupId } = await wholeImage(world);
        const before = world.objects();
        const { children } = (await world.golden.get(`/v3/{pid}/backups/${backupId}`)).body.backup;
        const { jobId } = await newServer(world, imageId, {
            data_volumes: [{ volumetype: "SSD", size: 99, extendparam: { snapshotId: children[1].resource_id } }],
        });
        const job = await world.golden.job(jobId);
        assert.deepEqual([job.status, job.error_code], ["FAIL", "Ecs.0203"]);
        assert.match(job.entities.sub_jobs[0].entities.errorcode_message, /data disk/);
        assert.deepEqual(world.objects(), before);
    });

    it("are refused with wrong disks, flavors, zones and images", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        for (const [fields, code] of [
            [{ root_volume: { volumetype: "SSD", size: 39 } }, "Ecs.0005"],
            [{ root_volume: { volumetype: "TAPE" } }, "Ecs.0043"],
            [{ data_volumes: [{ volumetype: "SSD", extendparam: { snapshotId: "none" } }] }, "Ecs.0005"],
            [{ data_volumes: Array.from({ length: 58 }, () => ({ volumetype: "SSD", size: 10 })) }, "Ecs.0042"],
            [{ flavorRef: "huge" }, "Ecs.0005"],
            [{ availability_zone: "eu-nl-01" }, "Ecs.0005"],
            [{ imageRef: "none" }, "Ecs.0031"],
            [{ count: 101 }, "Ecs.0118"],
            [{ nics: [] }, "Ecs.0005"],
        ] as const) {
            const answer = await world.golden.post("/v1/{pid}/cloudservers", serverRequest(imageId, fields));
            assert.deepEqual(
                [answer.status, answer.body.error?.code],
                [400, code],
                JSON.stringify(fields).slice(0, 80),
            );
        }
    });

    it("are limited to the zone of the snapshots until the backup is uploaded, and always to the region", async () => {
        const world = await bench();
        const { golden: client, seconds, simulator } = world;
        const creation = await client.post("/v1/cloudimages/wholeimages/action", {
            name: "erp",
            instance_id: golden.server,
            vault_id: golden.vault,
        });
        seconds(10);
        const { image_id: imageId } = (await client.job(creation.body.job_id)).entities;
        const create = (zone?: string) =>
            client.post("/v1/{pid}/cloudservers", serverRequest(imageId, { availability_zone: zone }));
        assert.equal((await create()).body.error.code, "Ecs.0032", "not active yet");
        seconds(420);
        const elsewhere = await create("eu-de-02");
        assert.deepEqual([elsewhere.status, elsewhere.body.error.code], [400, "Ecs.0048"]);
        assert.equal((await create("eu-de-01")).status, 200);
        const chosen = await create();
        seconds(100);
        const { server } = (await client.get(`/v1/{pid}/cloudservers/${chosen.body.serverIds[0]}`)).body;
        assert.equal(server["OS-EXT-AZ:availability_zone"], "eu-de-01");
        seconds(400);
        assert.equal((await create("eu-de-02")).status, 200, "region-wide now");
        const nl = new Client(simulator.url, golden.projectNl, golden.key);
        const other = await nl.post("/v1/{pid}/cloudservers", serverRequest(imageId));
        assert.equal(other.body.error.code, "Ecs.0031");
    });

    it("from Windows with another SAN policy than OnlineAll have offline data disks", async () => {
        const world = await bench();
        const { imageId } = await imageOf(world, "windows-golden");
        const { serverId } = await newServer(world, imageId);
        assert.deepEqual(guestStates(world, serverId), ["healthy", "offline"]);
        const [, data] = await disks(world, serverId);
        const { volume } = (await world.golden.get(`/v2/{pid}/cloudvolumes/${data.volumeId}`)).body;
        assert.equal(volume.status, "in-use", "the cloud sees nothing");
        assert.doesNotMatch(JSON.stringify(volume), /offline/);
    });

    it("from a volume group across several disks have corrupt data disks", async () => {
        const world = await bench();
        const { imageId } = await imageOf(world, "lvm-golden");
        const { serverId } = await newServer(world, imageId);
        assert.deepEqual(guestStates(world, serverId), ["healthy", "corrupt", "corrupt"]);
    });

    it("cannot be created if the backup or the image was deleted", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const { serverId } = await newServer(world, imageId);
        await world.golden.del(`/v2/images/${imageId}`);
        await assert.rejects(newServer(world, imageId), /Ecs\.0031/);
        const { server } = (await world.golden.get(`/v1/{pid}/cloudservers/${serverId}`)).body;
        assert.deepEqual([server.status, server.image.id], ["ACTIVE", imageId], "existing servers live on");
    });
});

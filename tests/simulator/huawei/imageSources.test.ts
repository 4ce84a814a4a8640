import assert from "node:assert/strict";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { type Bench, bench, type Client, closeAll, golden, type Json, serverRequest } from "./client.ts";

const action = "/v2/cloudimages/action";

async function disksOf(client: Client): Promise<string[]> {
    const { body } = await client.get(`/v1/{pid}/cloudservers/${golden.server}/block_device`);
    return body.volumeAttachments.map(({ volumeId }: Json) => volumeId);
}

async function requestImage(world: Bench, path: string, body: unknown): Promise<Json> {
    const answer = await world.golden.post(path, body);
    assert.equal(answer.status, 200, answer.text);
    world.seconds(420);
    return world.golden.job(answer.body.job_id);
}

const shown = async (client: Client, id: string): Promise<Json> => (await client.get(`/v2/images/${id}`)).body;

describe("huawei images of disks and files", () => {
    afterEach(closeAll);

    it("are created from a data disk with a system on it", async () => {
        const world = await bench();
        const { golden: client } = world;
        const [, disk = ""] = await disksOf(client);
        const answer = await client.post(action, { name: "v", volume_id: disk, os_version: "CentOS 7.9 64bit" });
        world.seconds(10);
        const volume = async () => (await client.get(`/v2/{pid}/cloudvolumes/${disk}`)).body.volume.status;
        assert.equal(await volume(), "uploading");
        world.seconds(410);
        assert.equal(await volume(), "in-use");
        const job = await client.job(answer.body.job_id);
        assert.deepEqual([job.status, job.job_type], ["SUCCESS", "imsVolumeCreateImageJob"]);
        const image = await shown(client, job.entities.image_id);
        assert.deepEqual(
            [image.status, image.__data_origin, image.min_disk, image.__os_version, image.__platform],
            ["active", `volume,${disk}`, 100, "CentOS 7.9 64bit", "CentOS"],
        );
        assert.equal((await client.post("/v1/{pid}/cloudservers", serverRequest(image.id))).status, 200);
    });

    it("are created from several disks by one job, whose parts contain their ids", async () => {
        const world = await bench();
        const { golden: client } = world;
        const [, ...disks] = await disksOf(client);
        const data_images = disks.map((volume_id, index) => ({ name: `data-${index}`, volume_id, tags: ["a.b"] }));
        const job = await requestImage(world, action, { name: "system", instance_id: golden.server, data_images });
        assert.deepEqual([job.status, job.job_type], ["SUCCESS", "imsVolumesToSysDataImagesJob"]);
        assert.equal(job.entities.image_id, undefined);
        const parts: Json[] = job.entities.sub_jobs_result;
        assert.deepEqual(
            parts.map((part) => [part.status, part.job_type, part.entities.image_name]),
            ["system", "data-0", "data-1"].map((name) => ["SUCCESS", "imsCopyVolumeToImageJob", name]),
        );
        assert.deepEqual(
            job.entities.sub_jobs_list,
            parts.map((part) => part.job_id),
        );
        const [system, data] = await Promise.all(
            parts.slice(0, 2).map((part) => shown(client, part.entities.image_id)),
        );
        assert.deepEqual([system.virtual_env_type, system.min_disk], ["FusionCompute", 40]);
        assert.deepEqual(
            [data.virtual_env_type, data.min_disk, data.__data_origin, data.tags],
            ["DataImage", 100, `volume,${disks[0]}`, ["a=b"]],
        );
        const found = (await client.get("/v2/cloudimages", { virtual_env_type: "DataImage" })).body.images;
        assert.equal(found.length, 2);
        const server = await client.post("/v1/{pid}/cloudservers", serverRequest(data.id));
        assert.equal(server.body.error.code, "Ecs.0032", "a data disk image has no system");
    });

    it("all fail if one part fails", async () => {
        const world = await bench();
        const [, disk] = await disksOf(world.golden);
        world.simulator.sim.faults.add({ job: "huawei.systemImage.finish", reason: "IMG.0061: broken" });
        const job = await requestImage(world, action, { data_images: [{ name: "data", volume_id: disk }] });
        assert.deepEqual([job.status, job.error_code], ["FAIL", "IMG.0061"]);
        assert.equal(job.entities.sub_jobs_result[0].status, "FAIL");
    });

    it("are created from files in buckets", async () => {
        const world = await bench();
        const { golden: client } = world;
        const file = { name: "file", image_url: "images:centos.qcow2", min_disk: 60 };
        const job = await requestImage(world, action, {
            ...file,
            os_version: "CentOS 7.9 64bit",
            hw_firmware_type: "uefi",
        });
        assert.deepEqual([job.status, job.job_type], ["SUCCESS", "imsImportImageJob"]);
        const image = await shown(client, job.entities.image_id);
        assert.deepEqual(
            [image.status, image.__data_origin, image.__root_origin, image.min_disk, image.hw_firmware_type],
            ["active", "file,images:centos.qcow2", "file", 60, "uefi"],
        );
        const iso = await requestImage(world, action, {
            ...file,
            name: "iso",
            type: "IsoImage",
            os_version: "CentOS 7.9 64bit",
        });
        const isoImage = await shown(client, iso.entities.image_id);
        assert.deepEqual([isoImage.virtual_env_type, isoImage.disk_format], ["IsoImage", "iso"]);
        const copy = await client.post(`/v1/cloudimages/${isoImage.id}/copy`, { name: "x" });
        assert.equal(copy.body.error.code, "IMG.0105");
        const data = await requestImage(world, "/v1/cloudimages/dataimages/action", { ...file, os_type: "Windows" });
        const dataImage = await shown(client, data.entities.image_id);
        assert.deepEqual([dataImage.virtual_env_type, dataImage.__os_type], ["DataImage", "Windows"]);
        const data_images = [{ name: "d", image_url: "images:data.qcow2", min_disk: 10 }];
        const both = await requestImage(world, action, { ...file, data_images });
        assert.equal(both.entities.sub_jobs_result.length, 2);
    });

    it("follow the error rules", async () => {
        const dess = [{ sizeGiB: 10, type: "DESS" }];
        const domains = defaultWorld.huawei.domains.map((domain) => ({
            ...domain,
            servers: domain.servers.map((one) => (one.name === "web-golden" ? { ...one, dataDisks: dess } : one)),
        }));
        const world = await bench({ world: { ...defaultWorld, huawei: { ...defaultWorld.huawei, domains } } });
        const { golden: client } = world;
        const [system = "", disk = "", second = ""] = await disksOf(client);
        const all = (await client.get("/v1/{pid}/cloudservers/detail")).body.servers;
        const web = all.find(({ name }: Json) => name === "web-golden").id;
        const lvm = all.find(({ name }: Json) => name === "lvm-golden");
        const foreign = lvm["os-extended-volumes:volumes_attached"][1].id;
        const dedicated = all.find(({ name }: Json) => name === "web-golden")["os-extended-volumes:volumes_attached"][1]
            .id;
        const file = { name: "f", image_url: "a:b", min_disk: 40 };
        const cases: readonly [Record<string, unknown>, string][] = [
            [{ name: "v", volume_id: "none", os_version: "x" }, "IMG.0120"],
            [{ name: "v", volume_id: system, os_version: "x" }, "IMG.0120"],
            [{ name: "v", volume_id: disk }, "IMG.0056"],
            [{ name: "v", volume_id: dedicated, os_version: "x" }, "IMG.0153"],
            [
                {
                    data_images: [
                        { name: "a", volume_id: disk },
                        { name: "b", volume_id: foreign },
                    ],
                },
                "IMG.0140",
            ],
            [
                {
                    data_images: [
                        { name: "a", volume_id: disk },
                        { name: "b", volume_id: disk },
                    ],
                },
                "IMG.0120",
            ],
            [{ data_images: [{ volume_id: second }] }, "IMG.0013"],
            [{ ...file, image_url: "nowhere" }, "IMG.0017"],
            [{ ...file, min_disk: undefined }, "IMG.0055"],
            [{ ...file, type: "Other" }, "IMG.0024"],
            [{ ...file, type: "IsoImage" }, "IMG.0166"],
            [{ ...file, is_quick_import: true }, "IMG.0056"],
            [{ ...file, hw_firmware_type: "other" }, "IMG.0141"],
            [{ ...file, data_images: [{ name: "d", image_url: "a:b", min_disk: 10 }] }, "IMG.0123"],
        ];
        for (const [body, code] of cases) {
            const answer = await client.post(action, body);
            assert.deepEqual([answer.status, answer.body.error?.code], [400, code], JSON.stringify(body));
        }
        const whole = { name: "w", instance_id: web, vault_id: golden.vault };
        const refused = await client.post("/v1/cloudimages/wholeimages/action", whole);
        assert.equal(refused.body.error.code, "IMG.0153");
        assert.deepEqual((await client.get("/v2/cloudimages", { owner: golden.project })).body.images, []);
    });

    it("from servers with shareable disks cannot be full-ECS images with CSBS", async () => {
        const world = await bench({ profile: "csbs" });
        const { golden: client, seconds } = world;
        const volume = { availability_zone: "eu-de-01", volume_type: "SSD", size: 10, multiattach: true };
        const job = await client.post("/v2/{pid}/cloudvolumes", { volume });
        seconds(5);
        const volumeId = (await client.job(job.body.job_id)).entities.volume_id;
        const attach = `/v1/{pid}/cloudservers/${golden.server}/attachvolume`;
        assert.equal((await client.post(attach, { volumeAttachment: { volumeId } })).status, 200);
        seconds(10);
        const order = { name: "w", instance_id: golden.server };
        const refused = await client.post("/v1/cloudimages/wholeimages/action", order);
        assert.equal(refused.body.error.code, "CSBS.6010");
    });
});

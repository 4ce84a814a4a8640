import assert from "node:assert/strict";
import { bench, type Client, closeAll, golden, type Json, wholeImage } from "./client.ts";

const action = "/v1/cloudimages/wholeimages/action";
const request = { name: "erp", instance_id: golden.server, vault_id: golden.vault };

async function apiError(client: Client, fields: Record<string, unknown>): Promise<string> {
    const answer = await client.post(action, { ...request, ...fields });
    assert.equal(answer.status, 400);
    return answer.body.error.code;
}

async function newVault(client: Client, size: number, protect_type = "backup"): Promise<string> {
    const billing = { object_type: "server", protect_type, size };
    const { body } = await client.post("/v3/{pid}/vaults", { vault: { name: "v", billing } });
    return body.vault.id;
}

async function serverNamed(client: Client, name: string): Promise<string> {
    const { body } = await client.get("/v1/{pid}/cloudservers/detail", { name });
    return body.servers[0].id;
}

describe("huawei full-ECS images", () => {
    afterEach(closeAll);

    it("change from queued to saving and active while the job shows the image id before it ends", async () => {
        const { golden: client, seconds } = await bench();
        const creation = await client.post(action, { ...request, description: "of the ERP" });
        assert.equal(creation.status, 200);
        assert.match(creation.body.job_id, /^[0-9a-f]{32}$/);
        const job = () => client.job(creation.body.job_id);
        const first = await job();
        assert.deepEqual(
            [first.status, first.end_time, first.job_type, first.error_code],
            ["INIT", "", "imsCreateWholeImageByInstanceJob", null],
        );
        assert.deepEqual((await client.get("/v2/cloudimages", { __imagetype: "private" })).body.images, []);

        seconds(2);
        const running = await job();
        assert.equal(running.status, "RUNNING");
        const imageId = running.entities.image_id;
        const image = async () => (await client.get(`/v2/images/${imageId}`)).body;
        assert.equal((await image()).status, "queued");
        const disks = await client.get("/v1/{pid}/cloudservers/{id}/block_device".replace("{id}", golden.server));
        const diskId = disks.body.volumeAttachments[0].volumeId;
        const disk = async () => (await client.get(`/v2/{pid}/cloudvolumes/${diskId}`)).body.volume;
        assert.equal((await disk()).status, "backing-up");
        const backup = async () => (await client.get("/v3/{pid}/backups")).body.backups[0];
        assert.deepEqual(
            [(await backup()).status, (await backup()).extend_info.supported_restore_mode],
            ["protecting", "na"],
        );
        assert.equal((await backup()).name, `backup_for_image_${imageId}`);

        seconds(8);
        assert.equal((await image()).status, "saving");
        seconds(250);
        assert.equal((await image()).status, "active", "the snapshots are taken");
        assert.equal((await disk()).status, "in-use");
        assert.deepEqual(
            [(await backup()).status, (await backup()).extend_info.supported_restore_mode],
            ["protecting", "snapshot"],
        );
        const late = await job();
        assert.equal(late.status, "RUNNING");
        assert.ok(late.entities.process_percent > 0.5 && late.entities.process_percent < 1);

        seconds(170);
        const done = await job();
        assert.deepEqual([done.status, done.entities.image_id], ["SUCCESS", imageId]);
        assert.equal(done.end_time, "2026-01-01T00:06:58.000Z", "418 s");
        assert.equal((await backup()).status, "protecting", "the upload goes on");
        seconds(450);
        assert.deepEqual(
            [(await backup()).status, (await backup()).extend_info.supported_restore_mode],
            ["available", "backup"],
        );
        assert.deepEqual((await backup()).extend_info.os_images_data, [{ image_id: imageId }]);
    });

    it("show only the system disk; the data disks are in the backup", async () => {
        const world = await bench();
        const { imageId, backupId } = await wholeImage(world, { description: "d", max_ram: 4096, min_ram: 1024 });
        const { body: image } = await world.golden.get(`/v2/images/${imageId}`);
        assert.equal(image.__whole_image, "true");
        assert.equal(image.__data_origin, `server_backup,${backupId}`);
        assert.deepEqual([image.min_disk, image.min_ram, image.max_ram, image.__description], [40, 1024, "4096", "d"]);
        assert.deepEqual([image.visibility, image.__imagetype, image.owner], ["private", "private", golden.project]);
        assert.match(image.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        const { body } = await world.golden.get(`/v3/{pid}/backups/${backupId}`);
        const sizes = body.backup.children.map((disk: Json) => [disk.resource_size, disk.extend_info.bootable]);
        assert.deepEqual(sizes, [
            [40, true],
            [100, false],
            [50, false],
        ]);
        assert.deepEqual([body.backup.resource_id, body.backup.vault_id], [golden.server, golden.vault]);
        assert.equal(body.backup.resource_size, 190);
    });

    it("are created from running and stopped servers, not from others", async () => {
        const { golden: client, seconds, simulator } = await bench();
        const stopped = await serverNamed(client, "stopped-golden");
        const creation = await client.post(action, { ...request, instance_id: stopped });
        assert.equal(creation.status, 200);
        const web = await serverNamed(client, "web-golden");
        await client.post("/v1/{pid}/cloudservers/action", { "os-stop": { type: "SOFT", servers: [{ id: web }] } });
        assert.equal(await apiError(client, { instance_id: web }), "IMG.0010");
        const lvm = await serverNamed(client, "lvm-golden");
        await client.post("/v1/{pid}/cloudservers/action", { reboot: { type: "SOFT", servers: [{ id: lvm }] } });
        assert.equal(await apiError(client, { instance_id: lvm }), "IMG.0126", "in REBOOT");
        const { body } = await client.get("/v2/cloudimages", { __imagetype: "gold", __os_type: "Linux" });
        const clone = await client.post("/v1/{pid}/cloudservers", {
            server: {
                name: "new",
                imageRef: body.images[0].id,
                flavorRef: "s3.large.2",
                vpcid: "v",
                nics: [{ subnet_id: "s" }],
                root_volume: { volumetype: "SSD" },
            },
        });
        seconds(23);
        assert.equal(await apiError(client, { instance_id: clone.body.serverIds[0] }), "IMG.0126", "in BUILD");
        assert.equal(await apiError(client, { instance_id: "00000000-0000-4000-8000-000000000000" }), "IMG.0005");
        assert.equal(await apiError(client, { instance_id: undefined }), "IMG.0012");
        const log = simulator.sim.calls.list().filter(({ action }) => action === "ims.CreateWholeImage");
        assert.deepEqual(
            log.map(({ outcome }) => outcome),
            ["ok", "IMG.0010", "IMG.0126", "IMG.0126", "IMG.0005", "IMG.0012"],
        );
        assert.ok(log[0]?.ids.includes(creation.body.job_id));
    });

    it("are created one at a time of a server, until its backup is uploaded", async () => {
        const { golden: client, seconds } = await bench();
        await client.post(action, request);
        assert.equal(await apiError(client, {}), "IMG.0136");
        seconds(420);
        assert.equal(await apiError(client, {}), "IMG.0136", "the backup is still protecting");
        seconds(600);
        assert.equal((await client.post(action, request)).status, 200);
    });

    it("require a vault that exists, is for server backups, has room and is the server's only one", async () => {
        const { golden: client } = await bench();
        assert.equal(await apiError(client, { vault_id: undefined }), "IMG.0184");
        assert.equal(await apiError(client, { vault_id: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f" }), "IMG.0184");
        assert.equal(await apiError(client, { vault_id: await newVault(client, 1000, "replication") }), "IMG.0193");
        assert.equal(await apiError(client, { vault_id: await newVault(client, 189) }), "IMG.0182");
        const other = await newVault(client, 500);
        const resources = [{ id: golden.server, type: "OS::Nova::Server" }];
        await client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, { resources });
        assert.equal(await apiError(client, { vault_id: other }), "IMG.0183");
        const again = await client.post(`/v3/{pid}/vaults/${other}/addresources`, { resources });
        assert.equal(again.body.error_code, "BackupService.6103");
    });

    it("are created from a backup, once, and only if it matches the type", async () => {
        const { golden: client, seconds } = await bench();
        const resources = [{ id: golden.server, type: "OS::Nova::Server" }];
        await client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, { resources });
        const checkpoint = { vault_id: golden.vault, parameters: { name: "mine", resources: [golden.server] } };
        const creation = await client.post("/v3/{pid}/checkpoints", { checkpoint });
        assert.equal(creation.status, 200, creation.text);
        const [backup] = (await client.get("/v3/{pid}/backups", { checkpoint_id: creation.body.checkpoint.id })).body
            .backups;
        const from = { name: "from-backup", backup_id: backup.id, instance_id: undefined, whole_image_type: "CBR" };
        assert.equal(await apiError(client, from), "IMG.0032", "no snapshots yet");
        seconds(60);
        assert.equal(await apiError(client, { ...from, whole_image_type: undefined }), "IMG.0198", "CSBS by default");
        assert.equal(await apiError(client, { ...from, backup_id: "nope" }), "IMG.0020");
        const image = await client.post(action, from);
        assert.equal(image.status, 200, image.text);
        assert.equal(await apiError(client, from), "IMG.0029", "while the first is being made");
        seconds(61);
        assert.equal((await client.job(image.body.job_id)).status, "RUNNING");
        seconds(1);
        const job = await client.job(image.body.job_id);
        assert.deepEqual([job.status, job.job_type], ["SUCCESS", "imsCreateWholeImageByBackupJob"]);
        assert.equal(await apiError(client, from), "IMG.0029");
    });

    it("validate name, description, tags and quota", async () => {
        const { golden: client } = await bench();
        for (const [fields, code] of [
            [{ name: "" }, "IMG.0013"],
            [{ name: "x".repeat(129) }, "IMG.0002"],
            [{ name: " x" }, "IMG.0003"],
            [{ name: "a/b" }, "IMG.0003"],
            [{ description: "x".repeat(1025) }, "IMG.0004"],
            [{ description: "<b>" }, "IMG.0054"],
            [{ tags: ["a.b"], image_tags: [{ key: "a" }] }, "IMG.0115"],
            [{ image_tags: [{ key: "k".repeat(37), value: "" }] }, "IMG.0115"],
            [{ image_tags: Array.from({ length: 11 }, (_, index) => ({ key: `k${index}` })) }, "IMG.0116"],
            [{ name: 5 }, "IMG.0001"],
        ] as const) {
            assert.equal(await apiError(client, fields), code, JSON.stringify(fields).slice(0, 60));
        }
        assert.equal((await client.call("POST", action)).body.error.code, "IMG.0007");
    });

    it("cannot be exported or copied", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        for (const [path, code] of [
            ["file", "IMG.0128"],
            ["copy", "IMG.0130"],
        ]) {
            const answer = await world.golden.post(`/v1/cloudimages/${imageId}/${path}`, { name: "x" });
            assert.deepEqual([answer.status, answer.body.error.code], [400, code]);
        }
    });

    it("answer an unknown job with 404", async () => {
        const { golden: client } = await bench();
        const answer = await client.get("/v1/{pid}/jobs/0123");
        assert.deepEqual([answer.status, answer.body.error.code], [404, "IMG.0023"]);
    });
});

import assert from "node:assert/strict";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { bench, type Client, closeAll, golden, type Json, wholeImage } from "./client.ts";

const listed = async (client: Client, query: Record<string, string>): Promise<string[]> =>
    (await client.get("/v2/cloudimages", query)).body.images.map(({ id }: Json) => id);

describe("huawei image deletion", () => {
    afterEach(closeAll);

    it("is refused during creation, as are changes", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const creation = await client.post("/v1/cloudimages/wholeimages/action", {
            name: "erp",
            instance_id: golden.server,
            vault_id: golden.vault,
        });
        seconds(10);
        const { entities } = await client.job(creation.body.job_id);
        const path = `/v2/cloudimages/${entities.image_id}`;
        const patch = await client.call("PATCH", path, { body: [{ op: "replace", path: "/name", value: "x" }] });
        assert.equal(patch.body.error.code, "IMG.0046");
        assert.equal((await client.del(`/v2/images/${entities.image_id}`)).body.error.code, "IMG.0090");
        seconds(300);
        assert.equal((await client.get(`/v2/images/${entities.image_id}`)).body.status, "active");
        const stillRunning = await client.del(`/v2/images/${entities.image_id}`);
        assert.equal(stillRunning.body.error.code, "IMG.0090", "the job has not ended");
    });

    it("is possible during creation if the world says so, and keeps the backup", async () => {
        const huawei = { ...defaultWorld.huawei, deletionDuringCreation: "allow" as const };
        const world = await bench({ world: { ...defaultWorld, huawei } });
        const { golden: client, seconds } = world;
        const order = { name: "erp", instance_id: golden.server, vault_id: golden.vault };
        const creation = await client.post("/v1/cloudimages/wholeimages/action", order);
        seconds(249);
        const { image_id: id } = (await client.job(creation.body.job_id)).entities;
        assert.equal((await client.del(`/v2/images/${id}`, { delete_backup: true })).status, 204);
        const job = await client.job(creation.body.job_id);
        assert.deepEqual([job.status, job.error_code], ["FAIL", "IMG.0061"]);
        seconds(2);
        const { status } = (await client.get(`/v2/images/${id}`)).body;
        assert.equal(status, "deleted", "the step that would have made it active has come");
        seconds(1);
        assert.deepEqual(await listed(client, { id }), []);
        seconds(1100);
        assert.deepEqual(await listed(client, { id }), [], "it does not come back");
        const [backup] = (await client.get("/v3/{pid}/backups")).body.backups;
        assert.deepEqual([backup.status, backup.extend_info.os_images_data], ["available", []]);
        assert.equal((await client.del(`/v3/{pid}/backups/${backup.id}`)).status, 204);
        const again = await client.post("/v1/cloudimages/wholeimages/action", order);
        assert.equal(again.status, 200, "the server is free");
    });

    it("is possible for a killed image and for a record without data", async () => {
        const { golden: client, seconds, simulator } = await bench();
        simulator.sim.faults.add({ job: "huawei.systemImage.finish", reason: "IMG.0061: broken" });
        const creation = await client.post("/v2/cloudimages/action", { name: "x", instance_id: golden.server });
        seconds(420);
        const { image_id: killed } = (await client.job(creation.body.job_id)).entities;
        const record = (await client.post("/v2/images", { name: "record" })).body;
        assert.deepEqual(await listed(client, { status: "killed" }), [killed]);
        assert.deepEqual(await listed(client, { status: "queued" }), [record.id]);
        for (const id of [killed, record.id]) assert.equal((await client.del(`/v2/images/${id}`)).status, 204);
        seconds(3);
        assert.deepEqual(await listed(client, { owner: golden.project }), []);
    });

    it("takes effect some time after the 204 and keeps the backup by default", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { imageId, backupId } = await wholeImage(world);
        const early = await client.del(`/v3/{pid}/backups/${backupId}`);
        assert.deepEqual([early.status, early.body.error_code], [400, "BackupService.6204"]);
        const deleted = await client.del(`/v2/images/${imageId}`);
        assert.deepEqual([deleted.status, deleted.text], [204, ""]);
        assert.deepEqual(await listed(client, { id: imageId }), [imageId], "still there");
        assert.equal((await client.del(`/v2/images/${imageId}`)).status, 204, "deleting twice");
        seconds(3);
        assert.deepEqual(await listed(client, { id: imageId }), []);
        const again = await client.del(`/v2/images/${imageId}`);
        assert.deepEqual([again.status, again.body.error.code], [404, "IMG.0144"]);
        const kept = await client.get(`/v3/{pid}/backups/${backupId}`);
        assert.equal(kept.body.backup.status, "available");
        assert.deepEqual(kept.body.backup.extend_info.os_images_data, []);
        assert.equal((await client.del(`/v3/{pid}/backups/${backupId}`)).status, 204);
        seconds(10);
        const afterDeletion = await client.get(`/v3/{pid}/backups/${backupId}`);
        assert.deepEqual([afterDeletion.status, afterDeletion.body.error_code], [404, "BackupService.6200"]);
    });

    it("includes the backup with delete_backup, except while it is uploading", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const first = await wholeImage(world);
        assert.equal((await client.del(`/v2/images/${first.imageId}`, { delete_backup: true })).status, 204);
        seconds(20);
        assert.equal((await client.get(`/v3/{pid}/backups/${first.backupId}`)).status, 404);

        const creation = await client.post("/v1/cloudimages/wholeimages/action", {
            name: "second",
            instance_id: golden.server,
            vault_id: golden.vault,
        });
        seconds(420);
        const { entities } = await client.job(creation.body.job_id);
        await client.del(`/v2/images/${entities.image_id}`, { delete_backup: true });
        seconds(20);
        assert.deepEqual(await listed(client, { id: entities.image_id }), []);
        const [backup] = (await client.get("/v3/{pid}/backups")).body.backups;
        assert.equal(backup.status, "protecting", "the image is deleted, the backup is kept (IMG.0176)");
    });
});

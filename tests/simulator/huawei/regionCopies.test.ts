import assert from "node:assert/strict";
import { type Bench, bench, Client, closeAll, golden, type Json, serverRequest, wholeImage } from "./client.ts";

const replica = { name: "there", region: "eu-nl", project_name: "eu-nl", agency_name: "ims_admin_agency" };

const away = ({ simulator }: Bench): Client => new Client(simulator.url, golden.projectNl, golden.key);

async function vaultThere(world: Bench, protectType: "backup" | "replication", size = 500): Promise<string> {
    const billing = { object_type: "server", protect_type: protectType, size, cloud_type: "public" };
    const vault = { name: protectType, billing: { ...billing, consistent_level: "crash_consistent" }, resources: [] };
    const creation = await away(world).post("/v3/{pid}/vaults", { vault });
    assert.equal(creation.status, 200, creation.text);
    return creation.body.vault.id;
}

async function systemImage({ golden: client, seconds }: Bench, fields: Record<string, unknown> = {}): Promise<string> {
    const creation = await client.post("/v2/cloudimages/action", {
        name: "here",
        instance_id: golden.server,
        ...fields,
    });
    seconds(420);
    return (await client.job(creation.body.job_id)).entities.image_id;
}

const copy = ({ golden: client }: Bench, id: string, fields: Record<string, unknown> = {}) =>
    client.post(`/v1/cloudimages/${id}/cross_region_copy`, { ...replica, ...fields });

describe("huawei image copies to other regions", () => {
    afterEach(closeAll);

    it("are created by a job of the source region, as images of the target region", async () => {
        const world = await bench();
        const id = await systemImage(world);
        const creation = await copy(world, id, { description: "second" });
        assert.equal(creation.status, 200, creation.text);
        const { image_id: copyId } = (await world.golden.job(creation.body.job_id)).entities;
        assert.equal((await away(world).get(`/v2/images/${copyId}`)).body.status, "saving");
        assert.equal((await world.golden.get(`/v2/images/${copyId}`)).status, 404, "not in the source region");
        world.seconds(743);
        assert.equal((await world.golden.job(creation.body.job_id)).status, "SUCCESS");
        const { body } = await away(world).get(`/v2/images/${copyId}`);
        assert.deepEqual(
            [body.status, body.name, body.owner, body.__data_origin, body.__description, body.min_disk],
            ["active", "there", golden.projectNl, `image,eu-de,${id}`, "second", 40],
        );
        const server = await away(world).post("/v1/{pid}/cloudservers", serverRequest(copyId));
        assert.equal(server.status, 200, server.text);
    });

    it("copy the backup of a full-ECS image to a vault for replication", async () => {
        const world = await bench();
        const { imageId, backupId } = await wholeImage(world);
        const vault_id = await vaultThere(world, "replication");
        const creation = await copy(world, imageId, { vault_id });
        assert.equal(creation.status, 200, creation.text);
        assert.equal((await copy(world, imageId, { vault_id })).body.error.code, "IMG.0150");
        const { image_id: copyId } = (await world.golden.job(creation.body.job_id)).entities;
        const backups = async () => (await away(world).get("/v3/{pid}/backups")).body.backups;
        assert.deepEqual(
            (await backups()).map(({ status }: Json) => status),
            ["protecting"],
        );
        world.seconds(743);
        const [backup] = await backups();
        assert.deepEqual(
            [backup.status, backup.vault_id, backup.children.length, backup.extend_info.os_images_data],
            ["available", vault_id, 3, [{ image_id: copyId }]],
        );
        assert.notEqual(backup.id, backupId);
        const { body } = await away(world).get(`/v2/images/${copyId}`);
        assert.deepEqual([body.__whole_image, body.__backup_id], ["true", backup.id]);
        const zone = { availability_zone: "eu-nl-02" };
        assert.equal((await away(world).post("/v1/{pid}/cloudservers", serverRequest(copyId, zone))).status, 200);
        await away(world).del(`/v2/images/${copyId}`, { delete_backup: true });
        world.seconds(20);
        assert.deepEqual(await backups(), []);
        assert.equal((await world.golden.get(`/v3/{pid}/backups/${backupId}`)).status, 200, "the original stays");
    });

    it("follow the error rules", async () => {
        const world = await bench();
        const id = await systemImage(world);
        const { imageId: whole } = await wholeImage(world);
        const [small, plain] = [await vaultThere(world, "replication", 100), await vaultThere(world, "backup")];
        const cases: readonly [string, Record<string, unknown>, string][] = [
            [id, { region: "eu-de", project_name: "eu-de" }, "IMG.0142"],
            [id, { region: "cn-north-4" }, "IMG.0147"],
            [id, { project_name: "eu-de" }, "IMG.0145"],
            [id, { agency_name: "" }, "IMG.0151"],
            [id, { name: "" }, "IMG.0013"],
            [whole, {}, "IMG.0184"],
            [whole, { vault_id: golden.vault }, "IMG.0184"],
            [whole, { vault_id: plain }, "IMG.0189"],
            [whole, { vault_id: small }, "IMG.0182"],
            ["none", {}, "IMG.0027"],
        ];
        for (const [image, fields, code] of cases) {
            assert.equal((await copy(world, image, fields)).body.error.code, code, JSON.stringify(fields));
        }
        assert.deepEqual((await away(world).get("/v2/cloudimages", { owner: golden.projectNl })).body.images, []);
    });

    it("are refused until the image is available in the whole region, and limited to five at once", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const id = await systemImage(world);
        const order = { name: "erp", instance_id: golden.server, vault_id: golden.vault };
        const creation = await client.post("/v1/cloudimages/wholeimages/action", order);
        seconds(300);
        const { image_id: zonal } = (await client.job(creation.body.job_id)).entities;
        assert.equal((await copy(world, zonal)).body.error.code, "IMG.0152");
        for (let count = 0; count < 5; count++) assert.equal((await copy(world, id)).status, 200);
        assert.equal((await copy(world, id)).body.error.code, "IMG.0149");
        seconds(743);
        assert.equal((await copy(world, id)).status, 200);
    });

    it("are not encrypted, and leave a killed image after a failure", async () => {
        const world = await bench();
        const id = await systemImage(world);
        const locked = await world.golden.post(`/v1/cloudimages/${id}/copy`, { name: "locked", cmk_id: "key-1" });
        world.seconds(120);
        const { image_id: lockedId } = (await world.golden.job(locked.body.job_id)).entities;
        assert.equal((await world.golden.get(`/v2/images/${lockedId}`)).body.__system__cmkid, "key-1");
        assert.equal((await copy(world, lockedId)).body.error.code, "IMG.0143");
        const member = await world.golden.post(`/v2/images/${lockedId}/members`, { member: golden.projectNl });
        assert.equal(member.body.error.code, "IMG.0098");
        const plain = await world.golden.post(`/v1/cloudimages/${lockedId}/copy`, { name: "plain" });
        world.seconds(120);
        const { image_id: plainId } = (await world.golden.job(plain.body.job_id)).entities;
        assert.equal((await world.golden.get(`/v2/images/${plainId}`)).body.__system__cmkid, undefined);
        const creation = await copy(world, id);
        world.simulator.sim.faults.add({ job: "huawei.imageRegionCopy.finish", reason: "IMG.0061: broken" });
        world.seconds(743);
        const job = await world.golden.job(creation.body.job_id);
        assert.deepEqual([job.status, job.error_code], ["FAIL", "IMG.0061"]);
        assert.equal((await away(world).get(`/v2/images/${job.entities.image_id}`)).body.status, "killed");
    });

    it("do not exist with CSBS", async () => {
        const world = await bench({ profile: "csbs" });
        const id = await systemImage(world);
        assert.equal((await copy(world, id)).body.error.code, "IMG.0105");
        const { imageId } = await wholeImage(world, { vault_id: undefined });
        assert.equal((await copy(world, imageId)).body.error.code, "IMG.0130");
    });
});

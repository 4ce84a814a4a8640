import assert from "node:assert/strict";
import { bench, closeAll, golden, newServer, wholeImage } from "./client.ts";

const provider = "/v1/{pid}/providers/fc4d5750-22e7-4798-8a46-f48f62c4c1da";

describe("huawei vaults and backups", () => {
    afterEach(closeAll);

    it("store the fields of a vault", async () => {
        const { golden: client } = await bench();
        const billing = { object_type: "server", protect_type: "backup", size: 10, consistent_level: "app_consistent" };
        const vault = {
            name: "v",
            description: "nightly",
            auto_bind: true,
            bind_rules: { tags: [{ key: "backup", value: "yes" }] },
            tags: [{ key: "team", value: "erp" }],
            billing,
        };
        const { id } = (await client.post("/v3/{pid}/vaults", { vault })).body.vault;
        const path = `/v3/{pid}/vaults/${id}`;
        const shown = (await client.get(path)).body.vault;
        assert.deepEqual(
            [shown.description, shown.auto_bind, shown.bind_rules, shown.tags, shown.billing.consistent_level],
            ["nightly", true, vault.bind_rules, vault.tags, "app_consistent"],
        );
        const changed = await client.put(path, { vault: { auto_bind: false, billing: { size: 20 } } });
        const { auto_bind, description } = changed.body.vault;
        assert.deepEqual([auto_bind, description, changed.body.vault.billing.size], [false, "nightly", 20]);
    });

    it("of disks and of replication reject servers (BackupService.6102)", async () => {
        const { golden: client } = await bench();
        for (const kind of [
            { object_type: "disk", protect_type: "backup" },
            { object_type: "server", protect_type: "replication" },
        ]) {
            const billing = { ...kind, size: 500 };
            const resources = [{ id: golden.server }];
            const bound = await client.post("/v3/{pid}/vaults", { vault: { name: "v", billing, resources } });
            assert.equal(bound.body.error_code, "BackupService.6102", JSON.stringify(kind));
            const { id } = (await client.post("/v3/{pid}/vaults", { vault: { name: "v", billing } })).body.vault;
            const added = await client.post(`/v3/{pid}/vaults/${id}/addresources`, { resources });
            assert.equal(added.body.error_code, "BackupService.6102");
            const checkpoint = { vault_id: id, parameters: { resources: [golden.server] } };
            const creation = await client.post("/v3/{pid}/checkpoints", { checkpoint });
            assert.equal(creation.body.error_code, "BackupService.6102");
        }
    });

    it("back up a server once that is named twice", async () => {
        const { golden: client } = await bench();
        await client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, {
            resources: [{ id: golden.server }, { id: golden.server }],
        });
        const { vault } = (await client.get(`/v3/{pid}/vaults/${golden.vault}`)).body;
        assert.equal(vault.resources.length, 1);
        const checkpoint = { vault_id: golden.vault, parameters: { resources: [golden.server, golden.server] } };
        const creation = await client.post("/v3/{pid}/checkpoints", { checkpoint });
        assert.equal(creation.status, 200, creation.text);
        assert.equal((await client.get("/v3/{pid}/backups")).body.count, 1);
    });

    it("store tags with CSBS, protect only servers, and none with a shareable disk", async () => {
        const { golden: client, seconds } = await bench({ profile: "csbs" });
        const tags = [{ key: "team", value: "erp" }];
        const protect = { backup_name: "b", tags };
        const creation = await client.post(`${provider}/resources/${golden.server}/action`, { protect });
        assert.equal(creation.status, 200, creation.text);
        seconds(700);
        const { checkpoint_items } = (await client.get("/v1/{pid}/checkpoint_items")).body;
        assert.deepEqual(checkpoint_items[0].tags, tags);

        const check = async (resource_type: string) => {
            const check_protectable = [{ resource_id: golden.server, resource_type }];
            const { body } = await client.post(`${provider}/resources/action`, { check_protectable });
            return [body.protectable[0].result, body.protectable[0].error_code, body.protectable[0].resource_type];
        };
        assert.deepEqual(await check("OS::Nova::Server"), [true, undefined, "OS::Nova::Server"]);
        assert.deepEqual(await check("OS::Cinder::Volume"), [false, "CSBS.9001", "OS::Cinder::Volume"]);

        const volume = { availability_zone: "eu-de-01", volume_type: "SSD", size: 10, multiattach: true };
        const [volumeId] = (await client.post("/v2/{pid}/cloudvolumes", { volume })).body.volume_ids;
        seconds(5);
        const volumeAttachment = { volumeId };
        await client.post(`/v1/{pid}/cloudservers/${golden.server}/attachvolume`, { volumeAttachment });
        seconds(5);
        assert.deepEqual(await check("OS::Nova::Server"), [false, "CSBS.6010", "OS::Nova::Server"]);
        const refused = await client.post(`${provider}/resources/${golden.server}/action`, { protect: {} });
        assert.equal(refused.body.error_code, "CSBS.6010");
    });

    it("refer to each other: a backup to its image, an image to its recipients, a server to its disks", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { imageId, backupId } = await wholeImage(world);
        const images = async () => (await client.get(`/v3/{pid}/backups/${backupId}`)).body.backup.extend_info;
        assert.deepEqual((await images()).os_images_data, [{ image_id: imageId }]);
        await newServer(world, imageId);
        await client.del(`/v2/images/${imageId}`);
        seconds(3);
        assert.deepEqual((await images()).os_images_data, []);
        const { status } = await client.post("/v1/cloudimages/wholeimages/action", {
            name: "again",
            backup_id: backupId,
            whole_image_type: "CBR",
        });
        assert.equal(status, 200);
    });
});

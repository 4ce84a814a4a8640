import assert from "node:assert/strict";
import { bench, closeAll, golden, type Json, wholeImage } from "./client.ts";

const provider = "/v1/{pid}/providers/fc4d5750-22e7-4798-8a46-f48f62c4c1da";

describe("huawei CSBS, before vaults", () => {
    afterEach(closeAll);

    it("stores the backup of a full-ECS image, which requires no vault", async () => {
        const world = await bench({ profile: "csbs" });
        const { imageId, backupId } = await wholeImage(world, { vault_id: undefined });
        const { body } = await world.golden.get(`/v1/{pid}/checkpoint_items/${backupId}`);
        const item = body.checkpoint_item;
        assert.deepEqual([item.status, item.resource_id, item.extend_info.progress], ["available", golden.server, 100]);
        assert.deepEqual(
            item.extend_info.volume_backups.map((disk: Json) => [disk.source_volume_size, disk.bootable]),
            [
                [40, true],
                [100, false],
                [50, false],
            ],
        );
        assert.deepEqual(item.extend_info.os_images_data, [{ image_id: imageId }]);
        assert.match(item.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
        assert.deepEqual((await world.golden.get("/v3/{pid}/backups")).body.backups, [], "CBR has none");
        const early = await world.golden.del(`${provider}/checkpoints/${item.checkpoint_id}`);
        assert.deepEqual([early.status, early.body.error_code], [400, "CSBS.8007"]);
        await world.golden.del(`/v2/images/${imageId}`, { delete_backup: true });
        world.seconds(20);
        const afterDeletion = await world.golden.get(`/v1/{pid}/checkpoint_items/${backupId}`);
        assert.deepEqual([afterDeletion.status, afterDeletion.body.error_code], [404, "CSBS.3001"]);
    });

    it("backs up a server, registers the backup once, and deletes it", async () => {
        const { golden: client, seconds } = await bench({ profile: "csbs" });
        const asked = { check_protectable: [{ resource_id: golden.server, resource_type: "OS::Nova::Server" }] };
        const before = await client.post(`${provider}/resources/action`, asked);
        assert.equal(before.body.protectable[0].result, true);
        const creation = await client.post(`${provider}/resources/${golden.server}/action`, {
            protect: { backup_name: "mine" },
        });
        assert.equal(creation.body.checkpoint.status, "protecting");
        const during = await client.post(`${provider}/resources/action`, asked);
        assert.deepEqual(
            [during.body.protectable[0].result, during.body.protectable[0].error_code],
            [false, "CSBS.6005"],
        );
        seconds(700);
        const items = await client.get("/v1/{pid}/checkpoint_items", { checkpoint_id: creation.body.checkpoint.id });
        const [item] = items.body.checkpoint_items;
        assert.equal(item.name, "mine");
        const image = { name: "from-csbs", backup_id: item.id };
        const action = "/v1/cloudimages/wholeimages/action";
        assert.equal((await client.post(action, { ...image, whole_image_type: "CBR" })).body.error.code, "IMG.0180");
        assert.equal((await client.post(action, { ...image, backup_id: "none" })).body.error.code, "IMG.0127");
        assert.equal((await client.post(action, image)).status, 200);
        seconds(62);
        assert.equal((await client.post(action, image)).body.error.code, "IMG.0134");
    });

    it("is not available in profile cbr, nor CBR in profile csbs", async () => {
        const today = await bench();
        const refused = await today.golden.post(`${provider}/resources/${golden.server}/action`, { protect: {} });
        assert.equal(refused.body.error_code, "BackupService.4008");
        const before = await bench({ profile: "csbs" });
        const checkpoint = { vault_id: golden.vault, parameters: { resources: [golden.server] } };
        const answer = await before.golden.post("/v3/{pid}/checkpoints", { checkpoint });
        assert.equal(answer.body.error_code, "BackupService.6124");
    });

    it("accepts only its provider id", async () => {
        const { golden: client } = await bench({ profile: "csbs" });
        const other = provider.replace("fc4d", "0000");
        const answer = await client.post(`${other}/resources/${golden.server}/action`, { protect: {} });
        assert.equal(answer.body.error_code, "CSBS.9001");
    });
});

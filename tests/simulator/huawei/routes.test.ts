import assert from "node:assert/strict";
import { bench, closeAll, golden, type Json, partner, send, wholeImage } from "./client.ts";

const server = `/v1/{pid}/cloudservers/${golden.server}`;

describe("huawei operations for clients", () => {
    afterEach(closeAll);

    it("create and list disks as the Python SDK and Open Telekom Cloud do, with their attributes", async () => {
        const { golden: client, seconds } = await bench();
        const volume = {
            availability_zone: "eu-de-01",
            volume_type: "SSD",
            size: 20,
            name: "shared",
            description: "for two",
            multiattach: true,
            metadata: { team: "erp" },
        };
        const creation = await client.post("/v2.1/{pid}/cloudvolumes", { volume });
        const [id] = creation.body.volume_ids;
        seconds(5);
        for (const path of ["/v2.1/{pid}/cloudvolumes", "/v2/{pid}/os-vendor-volumes"]) {
            const { volumes } = (await client.get(path)).body;
            assert.ok(
                volumes.some((one: Json) => one.id === id),
                path,
            );
            assert.equal((await client.get(`${path}/${id}`)).body.volume.description, "for two");
            assert.equal((await client.get(`${path}/detail`, { id })).body.volumes[0].metadata.team, "erp");
        }
        const shown = (await client.get(`/v2/{pid}/cloudvolumes/${id}`)).body.volume;
        assert.deepEqual([shown.multiattach, shown.shareable], [true, "true"]);
    });

    it("create snapshots of disks, which cannot be deleted before their snapshots", async () => {
        const { golden: client, seconds } = await bench();
        const volume = { availability_zone: "eu-de-01", volume_type: "SSD", size: 20, name: "d" };
        const [volumeId] = (await client.post("/v2/{pid}/cloudvolumes", { volume })).body.volume_ids;
        seconds(5);
        const all = "/v2/{pid}/cloudsnapshots";
        const creation = await client.post(all, { snapshot: { volume_id: volumeId, name: "before" } });
        assert.deepEqual([creation.status, creation.body.snapshot.status], [202, "creating"]);
        const { id } = creation.body.snapshot;
        seconds(5);
        assert.equal((await client.get(`${all}/${id}`)).body.snapshot.status, "available");
        assert.equal((await client.get(`${all}/detail`, { volume_id: volumeId })).body.snapshots[0].name, "before");
        assert.deepEqual((await client.get(all, { volume_id: "x" })).body.snapshots, []);
        assert.equal((await client.del(`/v2/{pid}/cloudvolumes/${volumeId}`)).body.error.code, "EVS.1046");
        assert.equal((await client.del(`${all}/${id}`)).status, 202);
        seconds(5);
        assert.equal((await client.get(`${all}/${id}`)).body.error.code, "EVS.5404");
        assert.equal((await client.del(`/v2/{pid}/cloudvolumes/${volumeId}`)).status, 200);
    });

    it("tag, name and describe servers", async () => {
        const { golden: client } = await bench();
        const tags = (action: string, ...list: Json[]) => client.post(`${server}/tags/action`, { action, tags: list });
        assert.equal((await tags("create", { key: "a", value: "1" }, { key: "b", value: "2" })).status, 204);
        await tags("create", { key: "a", value: "3" });
        await tags("delete", { key: "b" });
        assert.deepEqual((await client.get(`${server}/tags`)).body, { tags: [{ key: "a", value: "3" }] });
        const many = Array.from({ length: 11 }, (_, index) => ({ key: `k${index}`, value: "" }));
        assert.equal((await tags("create", ...many)).status, 400);
        const named = await client.put(server, { server: { name: "erp-2", description: "second" } });
        assert.deepEqual([named.body.server.name, named.body.server.description], ["erp-2", "second"]);
        assert.deepEqual((await client.get(server)).body.server.tags, ["a=3"]);
        const foreign = await client.put("/v1/{pid}/cloudservers/unknown", { server: { name: "x" } });
        assert.equal(foreign.body.error.code, "Ecs.0114");
    });

    it("list, show, reboot and image servers as Nova does", async () => {
        const { golden: client, seconds } = await bench();
        const { servers } = (await client.get("/v2.1/{pid}/servers/detail", { limit: "2" })).body;
        assert.equal(servers.length, 2);
        const rest = (await client.get("/v2.1/{pid}/servers/detail", { marker: servers[1].id })).body;
        assert.equal(rest.servers.length, 3);
        const nova = `/v2.1/{pid}/servers/${golden.server}`;
        const shown = (await client.get(nova)).body.server;
        assert.deepEqual([shown.id, shown.flavor.vcpus, "sys_tags" in shown], [golden.server, 4, false]);
        assert.equal((await client.post(`${nova}/action`, { reboot: { type: "SOFT" } })).status, 202);
        assert.equal((await client.get(nova)).body.server.status, "REBOOT");
        seconds(10);
        const creation = await client.post(`${nova}/action`, { createImage: { name: "by-nova" } });
        assert.equal(creation.status, 202, creation.text);
        assert.match(creation.headers.location ?? "", new RegExp(`/v2/images/${creation.body.image_id}$`));
        seconds(420);
        assert.equal((await client.get(`/v2/images/${creation.body.image_id}`)).body.status, "active");
    });

    it("find and count images by tags", async () => {
        const world = await bench();
        const { golden: client } = world;
        const { imageId } = await wholeImage(world, { image_tags: [{ key: "os", value: "linux" }] });
        const find = (fields: Json) => client.post("/v2/{pid}/images/resource_instances/action", fields);
        const found = await find({ action: "filter", tags: [{ key: "os", values: ["linux", "bsd"] }] });
        assert.deepEqual([found.body.total_count, found.body.resources[0].resource_id], [1, imageId]);
        assert.equal((await find({ action: "count", not_tags: [{ key: "os" }] })).body.total_count, 0);
        assert.equal((await find({ action: "count", tags: [{ key: "none" }] })).body.total_count, 0);
    });

    it("show what CBR can protect and its tasks", async () => {
        const world = await bench();
        const { golden: client } = world;
        const { backupId } = await wholeImage(world);
        const all = "/v3/{pid}/protectables/server/instances";
        const one = (await client.get(`${all}/${golden.server}`)).body.instance;
        assert.deepEqual(
            [one.protectable.result, one.protectable.vault, one.children.length],
            [false, golden.vault, 3],
        );
        assert.equal((await client.get(all, { name: "web" })).body.instances.length, 1);
        assert.equal((await client.get("/v3/{pid}/protectables/disk/instances")).body.instances.length, 0);
        const { operation_logs } = (await client.get("/v3/{pid}/operation-logs", { status: "success" })).body;
        assert.equal(operation_logs[0].extra_info.backup.backup_id, backupId);
        const log = (await client.get(`/v3/{pid}/operation-logs/${operation_logs[0].id}`)).body.operation_log;
        assert.equal(log.status, "success");
        assert.deepEqual((await client.get("/v3/{pid}/operation-logs", { status: "failed" })).body.operation_logs, []);
    });

    it("share backups, into a vault of the recipient", async () => {
        const world = await bench();
        const { backupId } = await wholeImage(world);
        const all = `/v3/{pid}/backups/${backupId}/members`;
        const one = `${all}/${partner.project}`;
        assert.equal((await world.partner.get(`/v3/{pid}/backups/${backupId}`)).status, 404);
        const shared = await world.golden.post(all, { members: [partner.project] });
        assert.equal(shared.body.members[0].status, "pending");
        assert.equal((await world.partner.put(one, { status: "accepted" })).body.error_code, "BackupService.6105");
        const accepted = await world.partner.put(one, { status: "accepted", vault_id: partner.vault });
        assert.deepEqual([accepted.body.member.status, accepted.body.member.vault_id], ["accepted", partner.vault]);
        assert.equal((await world.partner.get(`/v3/{pid}/backups/${backupId}`)).body.backup.id, backupId);
        assert.equal((await world.partner.get("/v3/{pid}/backups", { own_type: "shared" })).body.count, 1);
        assert.equal((await world.golden.get(all)).body.count, 1);
        assert.equal((await world.golden.del(one)).status, 204);
        assert.equal((await world.partner.get(one)).status, 404);
    });

    it("exchange and validate tokens", async () => {
        const { simulator } = await bench();
        const user = { name: "golden-admin", password: "simulated-huawei-password-1", domain: { name: "golden" } };
        const json = { "content-type": "application/json" };
        const post = (auth: Json) => send(simulator.url, "POST", "/v3/auth/tokens", json, JSON.stringify({ auth }));
        const first = await post({ identity: { methods: ["password"], password: { user } } });
        const id = first.headers["x-subject-token"] ?? "";
        const second = await post({
            identity: { methods: ["token"], token: { id } },
            scope: { project: { name: "eu-nl" } },
        });
        assert.deepEqual([second.status, second.body.token.project.id], [201, golden.projectNl]);
        const other = second.headers["x-subject-token"] ?? "";
        const headers = { "x-auth-token": id, "x-subject-token": other };
        const shown = await send(simulator.url, "GET", "/v3/auth/tokens", headers);
        assert.equal(shown.body.token.project.id, golden.projectNl);
        assert.equal((await send(simulator.url, "HEAD", "/v3/auth/tokens", headers)).status, 200);
        const wrong = { "x-auth-token": id, "x-subject-token": "x" };
        assert.equal((await send(simulator.url, "GET", "/v3/auth/tokens", wrong)).status, 404);
        assert.equal((await post({ identity: { methods: ["token"], token: { id: "x" } } })).status, 401);
    });

    it("do not treat a reserved word as an id", async () => {
        const { golden: client } = await bench();
        for (const path of [
            "/v1/{pid}/cloudservers/action",
            "/v1/{pid}/cloudservers/delete",
            "/v1/{pid}/cloudservers/flavors",
            "/v2.1/{pid}/servers/flavors",
        ]) {
            assert.equal((await client.get(path)).body.error_code, "APIGW.0101", path);
        }
    });

    it("export an image that is not a full-ECS image, as a job", async () => {
        const { golden: client, seconds } = await bench();
        const creation = await client.post("/v2/cloudimages/action", { name: "sys", instance_id: golden.server });
        seconds(420);
        const { image_id } = (await client.job(creation.body.job_id)).entities;
        const body = { bucket_url: "bucket:sys.qcow2", file_format: "qcow2" };
        const begun = await client.post(`/v1/cloudimages/${image_id}/file`, body);
        seconds(120);
        const job = await client.job(begun.body.job_id);
        assert.deepEqual([job.status, job.job_type], ["SUCCESS", "imsNativeExportImageJob"]);
    });
});

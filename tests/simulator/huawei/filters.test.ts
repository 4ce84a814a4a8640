import assert from "node:assert/strict";
import { bench, closeAll, golden, type Json, send, wholeImage } from "./client.ts";

describe("huawei lists", () => {
    afterEach(closeAll);

    it("of disks apply every documented filter", async () => {
        const { golden: client } = await bench();
        const path = "/v2/{pid}/cloudvolumes/detail";
        const { volumes } = (await client.get(path)).body;
        const [one] = volumes;
        const count = async (query: Record<string, string>) => (await client.get(path, query)).body.volumes.length;
        const zones = volumes.filter((volume: Json) => volume.availability_zone === "eu-de-02").length;
        assert.ok(zones > 0 && zones < volumes.length);
        assert.equal(await count({ id: one.id }), 1);
        assert.equal(await count({ ids: `['${one.id}']` }), 1);
        assert.equal(await count({ name: one.name }), 1);
        assert.equal(await count({ availability_zone: "eu-de-02" }), zones);
        assert.equal(await count({ status: "in-use" }), volumes.length);
        assert.equal(await count({ status: "available" }), 0);
        assert.equal(await count({ server_id: golden.server }), 3);
        assert.equal(await count({ multiattach: "true" }), 0);
        assert.equal(await count({ metadata: '{"a":"b"}' }), 0);
        assert.equal(await count({ dedicated_storage_id: "x" }), 0);
        assert.equal(await count({ limit: "2", offset: "1" }), 2);
        const after = (await client.get(path, { marker: one.id, limit: "1" })).body.volumes;
        assert.equal(after[0].id, volumes[1].id);
    });

    it("of servers apply every documented filter", async () => {
        const { golden: client } = await bench();
        const names = async (query: Record<string, string>): Promise<string[]> => {
            const { body } = await client.get("/v1/{pid}/cloudservers/detail", query);
            return body.servers.map(({ name }: Json) => name).sort();
        };
        assert.deepEqual(await names({ status: "SHUTOFF" }), ["stopped-golden"]);
        assert.deepEqual(await names({ name: "erp" }), ["erp-golden"]);
        assert.deepEqual(await names({ flavor: "s3.xlarge.2" }), ["erp-golden", "windows-golden"]);
        assert.deepEqual(await names({ flavor: "none" }), []);
        assert.deepEqual(await names({ reservation_id: "r" }), []);
        assert.deepEqual(await names({ tags: "machine-images.volumes-across-disks" }), ["lvm-golden"]);
        assert.equal((await names({ "not-tags": "machine-images.volumes-across-disks=true" })).length, 4);
        const { server } = (await client.get(`/v1/{pid}/cloudservers/${golden.server}`)).body;
        const [address]: Json[] = Object.values(server.addresses).flat();
        assert.deepEqual(await names({ ip_eq: address.addr }), ["erp-golden"]);
        assert.equal((await names({ ip: "192.168.0" })).length, 5);
    });

    it("of vaults apply every documented filter and page", async () => {
        const { golden: client } = await bench();
        for (const name of ["a", "b"]) {
            const billing = { object_type: "disk", protect_type: "backup", size: 10 };
            await client.post("/v3/{pid}/vaults", { vault: { name, billing } });
        }
        await client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, { resources: [{ id: golden.server }] });
        const names = async (query: Record<string, string>): Promise<string[]> => {
            const { body } = await client.get("/v3/{pid}/vaults", query);
            return body.vaults.map(({ name }: Json) => name);
        };
        assert.deepEqual(await names({ resource_ids: golden.server }), ["golden-backups"]);
        assert.deepEqual(await names({ resource_ids: "x" }), []);
        assert.deepEqual(await names({ object_type: "disk" }), ["a", "b"]);
        assert.deepEqual(await names({ name: "b" }), ["b"]);
        assert.deepEqual(await names({ limit: "1", offset: "1" }), ["a"]);
        assert.deepEqual(await names({ status: "lock" }), []);
        assert.deepEqual(await names({ policy_id: "p" }), []);
    });

    it("of images apply flavor_id, of backups their times, and of domains their name", async () => {
        const world = await bench();
        const { golden: client, simulator } = world;
        const { imageId } = await wholeImage(world, { min_ram: 3000 });
        const fits = async (flavor_id: string) =>
            (await client.get("/v2/cloudimages", { id: imageId, flavor_id })).body.images.length;
        assert.deepEqual([await fits("s3.large.2"), await fits("s3.small.1"), await fits("none")], [1, 0, 0]);
        const backups = async (query: Record<string, string>) =>
            (await client.get("/v3/{pid}/backups", query)).body.count;
        assert.equal(await backups({ start_time: "2025-12-31T00:00:00Z", end_time: "2026-01-02T00:00:00Z" }), 1);
        assert.equal(await backups({ start_time: "2026-01-02T00:00:00Z" }), 0);
        assert.equal(await backups({ parent_id: "x" }), 0);
        const auth = {
            identity: {
                methods: ["password"],
                password: {
                    user: {
                        name: "golden-admin",
                        password: "simulated-huawei-password-1",
                        domain: { name: "golden" },
                    },
                },
            },
        };
        const json = { "content-type": "application/json" };
        const issued = await send(simulator.url, "POST", "/v3/auth/tokens", json, JSON.stringify({ auth }));
        const headers = { "x-auth-token": issued.headers["x-subject-token"] ?? "" };
        const domains = async (name: string) =>
            (await send(simulator.url, "GET", `/v3/auth/domains?name=${name}`, headers)).body.domains.length;
        assert.deepEqual([await domains("golden"), await domains("partner")], [1, 0]);
    });
});

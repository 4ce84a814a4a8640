import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { bench, closeAll, golden, type Json, partner, send, wholeImage } from "./client.ts";

const versionsAt = async (url: string, path: string): Promise<{ status: number; body: Json }> =>
    send(url, "GET", path, {});

describe("huawei with OpenStack's own clients", () => {
    afterEach(closeAll);

    it("shows its versions to everybody, with links to itself", async () => {
        const { simulator } = await bench();
        const { url } = simulator;
        const root = await versionsAt(url, "/");
        assert.equal(root.status, 300);
        assert.deepEqual(
            root.body.versions.map(({ id, links }: Json) => [id, links[0].href]),
            [
                ["v2.2", `${url}/v2/`],
                ["v2.1", `${url}/v2/`],
                ["v2.0", `${url}/v2/`],
                ["v3.6", `${url}/v3/`],
            ],
        );
        for (const path of ["/v2", "/v2/", "/v2.0"]) {
            const image = await versionsAt(url, path);
            assert.deepEqual([image.status, image.body.versions[0].status], [300, "CURRENT"], path);
        }
        assert.equal((await versionsAt(url, "/versions")).status, 200);
        const compute = (await versionsAt(url, "/v2.1/")).body.version;
        assert.deepEqual(
            [compute.min_version, compute.version, compute.links[0].href],
            ["2.1", "2.60", `${url}/v2.1/`],
        );
        assert.equal((await versionsAt(url, "/v3/")).body.version.id, "v3.6");
        assert.equal((await versionsAt(url, "/v4")).status, 404);
    });

    it("leaves the root path to the other cloud for requests in its protocol", async () => {
        const { simulator } = await bench();
        const rpc = await versionsAt(simulator.url, "/?Action=ListInstances&Version=2020-06-01");
        assert.equal(typeof rpc.body.Code, "string");
    });

    it("returns the schemas that its images and members match", async () => {
        const world = await bench();
        const { golden: client } = world;
        const { imageId } = await wholeImage(world);
        const image = (await client.get(`/v2/images/${imageId}`)).body;
        const { properties, additionalProperties } = (await client.get("/v2/schemas/image")).body;
        assert.deepEqual(additionalProperties, { type: "string" });
        for (const [name, value] of Object.entries(image)) {
            const type = properties[name]?.type ?? "string";
            const actual = Array.isArray(value) ? "array" : typeof value === "number" ? "integer" : typeof value;
            if (value !== null) assert.equal(actual, type, name);
        }
        const { properties: list } = (await client.get("/v2/schemas/images")).body;
        assert.deepEqual(list.images.items.properties, properties);
        await client.post(`/v2/images/${imageId}/members`, { member: partner.project });
        const [member] = (await client.get(`/v2/images/${imageId}/members`)).body.members;
        const schema = (await client.get("/v2/schemas/member")).body;
        assert.deepEqual(Object.keys(member).sort(), Object.keys(schema.properties).sort());
        assert.equal((await client.get("/v2/schemas/members")).body.properties.members.items.name, "member");
    });

    it("creates an image from an uploaded file: queued, saving, active", async () => {
        const { golden: client, seconds } = await bench();
        const fields = {
            disk_format: "qcow2",
            min_disk: 40,
            tags: ["test=1"],
            __os_version: "Ubuntu 22.04 server 64bit",
        };
        const creation = await client.post("/v2/images", { name: "up", ...fields, team: "web" });
        assert.equal(creation.status, 201, creation.text);
        const { id } = creation.body;
        assert.deepEqual(
            [
                creation.body.status,
                creation.body.disk_format,
                creation.body.__platform,
                creation.body.tags,
                creation.body.team,
            ],
            ["queued", "qcow2", "Ubuntu", ["test=1"], "web"],
        );
        assert.equal(creation.body.__data_origin, undefined);
        const file = `/v2/images/${id}/file`;
        const upload = () =>
            client.call("PUT", file, { body: "data", headers: { "content-type": "application/json" } });
        assert.equal((await upload()).status, 204);
        assert.equal((await client.get(`/v2/images/${id}`)).body.status, "saving");
        assert.deepEqual((await upload()).status, 409, "once");
        seconds(30);
        const { body } = await client.get(`/v2/images/${id}`);
        const md5 = createHash("md5").update('"data"').digest("hex");
        assert.deepEqual([body.status, body.checksum, body.__image_size], ["active", md5, "6"]);
        for (const [wrong, status] of [
            [{ visibility: "public" }, 400],
            [{ min_disk: 2000 }, 400],
            [{ status: "active" }, 403],
            [{ owner: "x" }, 403],
        ] as const) {
            assert.equal((await client.post("/v2/images", { name: "x", ...wrong })).status, status);
        }
    });

    it("registers a file in a bucket for a record", async () => {
        const { golden: client, seconds } = await bench();
        const { id } = (await client.post("/v2/images", { name: "reg", min_disk: 40 })).body;
        const path = `/v1/cloudimages/${id}/upload`;
        assert.equal((await client.put(path, { image_url: "nowhere" })).body.error.code, "IMG.0001");
        const begun = await client.put(path, { image_url: "bucket:centos.vmdk" });
        assert.equal(begun.status, 200, begun.text);
        assert.equal((await client.del(`/v2/images/${id}`)).body.error.code, "IMG.0090");
        seconds(300);
        const job = await client.job(begun.body.job_id);
        assert.deepEqual([job.status, job.entities.image_id], ["SUCCESS", id]);
        const { body } = await client.get(`/v2/images/${id}`);
        assert.deepEqual([body.status, body.__data_origin], ["active", "file,bucket:centos.vmdk"]);
    });

    it("changes custom attributes and tags of images natively, and no derived ones", async () => {
        const world = await bench();
        const { golden: client } = world;
        const { imageId } = await wholeImage(world);
        const patch = (...operations: Json[]) =>
            client.call("PATCH", `/v2/images/${imageId}`, {
                body: operations,
                headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
            });
        const set = await patch(
            { op: "add", path: "/team", value: "web" },
            { op: "replace", path: "/tags", value: ["red", "a=b"] },
        );
        assert.deepEqual([set.body.team, set.body.tags], ["web", ["red", "a=b"]]);
        assert.equal((await patch({ op: "remove", path: "/team" })).body.team, undefined);
        assert.equal((await patch({ op: "add", path: "/status", value: "queued" })).status, 400);
        const extended = `/v2/cloudimages/${imageId}`;
        const foreign = { body: [{ op: "add", path: "/team", value: "web" }] };
        assert.equal((await client.call("PATCH", extended, foreign)).body.error.code, "IMG.0001");
    });

    it("lists servers, disks, flavors and zones with links and markers", async () => {
        const { golden: client, simulator } = await bench();
        const nova = `${simulator.url}/v2.1/${golden.project}`;
        const two = (await client.get("/v2.1/{pid}/servers", { limit: "2" })).body;
        assert.deepEqual(Object.keys(two.servers[0]).sort(), ["id", "links", "name"]);
        const next = new URL(two.servers_links[0].href);
        const rest = await client.get(next.pathname, Object.fromEntries(next.searchParams));
        assert.equal(rest.body.servers.length + two.servers.length, 4);
        const one = (await client.get(`/v2.1/{pid}/servers/${golden.server}`)).body.server;
        assert.equal(one.links[0].href, `${nova}/servers/${golden.server}`);
        const flavors = (await client.get("/v2.1/{pid}/flavors/detail", { minRam: "8192" })).body.flavors;
        assert.ok(flavors.length > 5 && flavors.every(({ ram }: Json) => ram >= 8192));
        const flavor = (await client.get(`/v2.1/{pid}/flavors/${one.flavor.id}`)).body.flavor;
        assert.deepEqual([flavor.vcpus, flavor.ram], [one.flavor.vcpus, one.flavor.ram]);
        const missing = await client.get("/v2.1/{pid}/flavors/none");
        assert.equal(missing.body.itemNotFound.code, 404);
        const disks = (await client.get(`/v2.1/{pid}/servers/${golden.server}/os-volume_attachments`)).body;
        assert.equal(disks.volumeAttachments.length, 3);
        for (const version of ["v2", "v3"]) {
            const { volumes } = (await client.get(`/${version}/{pid}/volumes/detail`, { limit: "1" })).body;
            const shown = (await client.get(`/${version}/{pid}/volumes/${volumes[0].id}`)).body.volume;
            assert.deepEqual(shown, volumes[0]);
            assert.equal((await client.get(`/${version}/{pid}/volumes/none`)).body.itemNotFound.code, 404);
            const types = (await client.get(`/${version}/{pid}/types`)).body.volume_types;
            assert.ok(types.some(({ name }: Json) => name === "SSD"));
        }
        const zones = (await client.get("/v2.1/{pid}/os-availability-zone")).body.availabilityZoneInfo;
        assert.deepEqual(zones[0].zoneName, "eu-de-01");
        assert.equal((await client.get("/v2.1/{pid}/os-availability-zone/detail")).body.forbidden.code, 403);
    });

    it("renames and deletes servers, and deletes disks", async () => {
        const { golden: client, seconds } = await bench();
        const path = `/v2.1/{pid}/servers/${golden.server}`;
        const named = await client.put(path, { server: { name: "erp-2" } });
        assert.deepEqual([named.body.server.name, named.body.server.links.length], ["erp-2", 2]);
        const { volumeAttachments } = (await client.get(`${path}/os-volume_attachments`)).body;
        const disk = `/v3/{pid}/volumes/${volumeAttachments[1].volumeId}`;
        assert.equal((await client.del(disk)).status, 400, "in use");
        assert.equal((await client.del(path)).status, 204);
        seconds(20);
        assert.equal((await client.get(path)).body.itemNotFound.code, 404);
        assert.equal((await client.del(disk)).status, 202);
        seconds(3);
        assert.equal((await client.get(disk)).status, 404);
    });

    it("returns fewer fields after an update of a server than in a query", async () => {
        const { golden: client } = await bench();
        const path = `/v1/{pid}/cloudservers/${golden.server}`;
        const { server } = (await client.get(path)).body;
        const changed = (await client.put(path, { server: { name: "erp-2", description: "second" } })).body.server;
        assert.deepEqual([changed.name, changed.description, changed.image], ["erp-2", "second", server.image.id]);
        assert.deepEqual(Object.keys(changed.flavor), ["id", "links"]);
        assert.equal("OS-EXT-STS:vm_state" in changed, false);
    });
});

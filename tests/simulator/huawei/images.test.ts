import assert from "node:assert/strict";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { bench, type Client, closeAll, golden, type Json, partner, wholeImage } from "./client.ts";

const ids = (body: Json): string[] => body.images.map(({ id }: Json) => id);

async function systemImage(world: Awaited<ReturnType<typeof bench>>, name = "system"): Promise<string> {
    const creation = await world.golden.post("/v2/cloudimages/action", {
        name,
        instance_id: golden.server,
        tags: ["team.erp"],
    });
    assert.equal(creation.status, 200, creation.text);
    world.seconds(415);
    const job = await world.golden.job(creation.body.job_id);
    assert.equal(job.status, "SUCCESS");
    return job.entities.image_id;
}

const listed = async (client: Client, query: Record<string, string>): Promise<string[]> =>
    ids((await client.get("/v2/cloudimages", query)).body);

describe("huawei images", () => {
    afterEach(closeAll);

    it("are created from a server's system disk without a backup", async () => {
        const world = await bench();
        const id = await systemImage(world);
        const { body } = await world.golden.get(`/v2/images/${id}`);
        assert.equal(body.__whole_image, undefined);
        assert.equal(body.__backup_id, undefined);
        assert.equal(body.__data_origin, `instance,${golden.server}`);
        assert.deepEqual([body.status, body.min_disk, body.tags], ["active", 40, ["team=erp"]]);
        assert.deepEqual((await world.golden.get("/v3/{pid}/backups")).body.backups, []);
    });

    it("are copied within their region, as independent images", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const id = await systemImage(world);
        const creation = await client.post(`/v1/cloudimages/${id}/copy`, { name: "copy", description: "second" });
        assert.equal(creation.status, 200, creation.text);
        seconds(10);
        const { image_id: copyId } = (await client.job(creation.body.job_id)).entities;
        assert.equal((await client.get(`/v2/images/${copyId}`)).body.status, "saving");
        assert.equal((await client.post(`/v1/cloudimages/${copyId}/copy`, { name: "x" })).body.error.code, "IMG.0046");
        seconds(110);
        const { body } = await client.get(`/v2/images/${copyId}`);
        assert.deepEqual(
            [body.status, body.name, body.__description, body.min_disk, body.__originalimagename],
            ["active", "copy", "second", 40, id],
        );
        await client.del(`/v2/images/${id}`);
        seconds(3);
        assert.deepEqual(await listed(client, { id: copyId }), [copyId]);
        assert.equal(
            (await world.partner.post(`/v1/cloudimages/${copyId}/copy`, { name: "x" })).body.error.code,
            "IMG.0027",
        );
    });

    it("match every filter, and an unknown id gives an empty list", async () => {
        const world = await bench();
        const { golden: client } = world;
        const system = await systemImage(world);
        const { imageId: whole } = await wholeImage(world, { name: "whole", image_tags: [{ key: "a", value: "b" }] });
        assert.deepEqual(await listed(client, { id: "none" }), []);
        assert.deepEqual(await listed(client, { id: whole }), [whole]);
        assert.deepEqual(await listed(client, { __imagetype: "private" }), [whole, system], "newest first");
        assert.deepEqual(await listed(client, { __whole_image: "true" }), [whole]);
        assert.deepEqual(await listed(client, { __whole_image: "false", owner: golden.project }), [system]);
        assert.deepEqual(await listed(client, { name: "whole" }), [whole]);
        assert.deepEqual(await listed(client, { tag: "a=b" }), [whole]);
        assert.deepEqual(await listed(client, { tag: "a=c" }), []);
        assert.deepEqual(await listed(client, { status: "queued" }), []);
        assert.deepEqual(await listed(client, { created_at: "gt:2026-01-01T00:06:00Z" }), [whole]);
        assert.deepEqual(
            await listed(client, { created_at: "lte:2026-01-01T00:06:00Z" }).then((all) => all[0]),
            system,
        );
        const mine = { owner: golden.project, sort_key: "name", sort_dir: "asc" };
        assert.deepEqual(await listed(client, mine), [system, whole]);
        assert.deepEqual(await listed(client, { ...mine, limit: "1" }), [system]);
        assert.deepEqual(await listed(client, { ...mine, limit: "1", marker: system }), [whole]);
        const gold = await client.get("/v2/cloudimages", {
            __imagetype: "gold",
            visibility: "public",
            protected: "true",
        });
        assert.equal(gold.body.images.length, 3);
        const native = await client.get("/v2/images", { owner: golden.project, limit: "1" });
        assert.deepEqual([native.body.schema, ids(native.body)], ["/v2/schemas/images", [whole]]);
        assert.match(native.body.next, new RegExp(`marker=${whole}`));
        const missing = await client.get("/v2/images/none");
        assert.deepEqual([missing.status, missing.body.code], [404, "404 Not Found"]);
    });

    it("change one attribute at a time, with IMG.0035 for replacing a missing attribute", async () => {
        const world = await bench();
        const { golden: client } = world;
        const id = await systemImage(world);
        const patch = (op: string, path: string, value?: unknown) =>
            client.call("PATCH", `/v2/cloudimages/${id}`, { body: [{ op, path, value }] });
        const absent = await patch("replace", "/max_ram", "4096");
        assert.deepEqual([absent.status, absent.body.error.code], [400, "IMG.0035"]);
        assert.equal((await patch("add", "/max_ram", 4096)).body.max_ram, "4096");
        assert.equal((await patch("replace", "/max_ram", "8192")).body.max_ram, "8192");
        assert.equal((await patch("remove", "/max_ram")).body.max_ram, undefined);
        assert.equal((await patch("replace", "/name", "renamed")).body.name, "renamed");
        assert.equal((await patch("replace", "/min_ram", 512)).body.min_ram, 512);
        assert.equal((await patch("replace", "/name", " bad")).body.error.code, "IMG.0003");
        assert.equal((await patch("replace", "/Name", "x")).body.error.code, "IMG.0001");
        const both = await client.call("PATCH", `/v2/cloudimages/${id}`, {
            body: [
                { op: "replace", path: "/name", value: "half" },
                { op: "replace", path: "/max_ram", value: "1" },
            ],
        });
        assert.equal(both.body.error.code, "IMG.0035");
        assert.equal((await client.get(`/v2/images/${id}`)).body.name, "renamed", "all or nothing");
        const native = await client.call("PATCH", `/v2/images/${id}`, {
            body: [{ replace: "/name", value: "old-form" }],
            headers: { "content-type": "application/openstack-images-v2.0-json-patch" },
        });
        assert.equal(native.body.name, "old-form");
        const foreign = await world.partner.call("PATCH", `/v2/cloudimages/${id}`, {
            body: [{ op: "add", path: "/name", value: "x" }],
        });
        assert.equal(foreign.body.error.code, "IMG.0027");
    });

    it("cannot be deleted if they are protected, public or of another project", async () => {
        const world = await bench();
        const { golden: client } = world;
        const id = await systemImage(world);
        await client.call("PATCH", `/v2/cloudimages/${id}`, {
            body: [{ op: "replace", path: "/protected", value: true }],
        });
        assert.equal((await client.del(`/v2/images/${id}`)).body.error.code, "IMG.0028");
        const gold = (await client.get("/v2/cloudimages", { __imagetype: "gold" })).body.images[0].id;
        assert.equal((await client.del(`/v2/images/${gold}`)).body.error.code, "IMG.0094");
        const foreign = await world.partner.del(`/v2/images/${id}`);
        assert.equal(foreign.status, 404);
        await client.post("/v1/cloudimages/members", { images: [id], projects: [partner.project] });
        assert.equal((await world.partner.del(`/v2/images/${id}`)).body.error.code, "IMG.0092");
    });

    it("have tags in both formats", async () => {
        const world = await bench();
        const { golden: client } = world;
        const id = await systemImage(world);
        const path = `/v2/{pid}/images/${id}/tags`;
        const tags = async () => (await client.get(path)).body.tags;
        assert.equal((await client.post(path, { tag: { key: "env", value: "prod" } })).status, 204);
        assert.equal(
            (await client.post(`${path}/action`, { action: "create", tags: [{ key: "x", value: "1" }] })).status,
            204,
        );
        assert.deepEqual(await tags(), [
            { key: "team", value: "erp" },
            { key: "env", value: "prod" },
            { key: "x", value: "1" },
        ]);
        assert.equal((await client.del(`${path}/env`)).status, 204);
        await client.post(`${path}/action`, { action: "delete", tags: [{ key: "x" }] });
        await client.put("/v1/cloudimages/tags", { image_id: id, image_tag: { key: "team", value: "b" } });
        await client.put(`/v2/images/${id}/tags/plain`, {});
        assert.deepEqual((await client.get(`/v2/images/${id}`)).body.tags, ["team=b", "plain"]);
        await client.del(`/v2/images/${id}/tags/plain`);
        assert.deepEqual((await client.get("/v2/{pid}/images/tags")).body.tags, [{ key: "team", values: ["b"] }]);
        const tooMany = Array.from({ length: 10 }, (_, index) => ({ key: `k${index}`, value: "" }));
        const refused = await client.post(`${path}/action`, { action: "create", tags: tooMany });
        assert.equal(refused.body.error.code, "IMG.0116");
    });

    it("count against the quota", async () => {
        const huawei = { ...defaultWorld.huawei, imageQuota: 1 };
        const world = await bench({ world: { ...defaultWorld, huawei } });
        await systemImage(world);
        const second = { name: "second", instance_id: golden.server };
        assert.equal((await world.golden.post("/v2/cloudimages/action", second)).body.error.code, "IMG.0015");
        const { body } = await world.golden.get("/v1/cloudimages/quota");
        assert.deepEqual(body.quotas.resources[0], { type: "image", used: 1, quota: 1, min: 1, max: 1000 });
    });
});

import assert from "node:assert/strict";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { type Bench, bench, closeAll, golden, type Json, newServer, partner, wholeImage } from "./client.ts";

const batch = "/v1/cloudimages/members";

async function listed({ partner: client }: Bench, query: Record<string, string>): Promise<string[]> {
    return (await client.get("/v2/cloudimages", { visibility: "shared", ...query })).body.images.map(
        ({ id }: Json) => id,
    );
}

describe("huawei shares", () => {
    afterEach(closeAll);

    it("change from pending to accepted with the recipient's vault, and back", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const shared = await world.golden.post(batch, { images: [imageId], projects: [partner.project] });
        assert.equal(shared.status, 200, shared.text);
        assert.equal((await world.golden.job(shared.body.job_id)).status, "RUNNING");
        world.seconds(3);
        const job = await world.golden.job(shared.body.job_id);
        assert.deepEqual(
            [job.status, job.job_type, job.entities.results],
            [
                "SUCCESS",
                "imsAddImageMembersJob",
                [{ image_id: imageId, project_id: partner.project, status: "success" }],
            ],
        );
        assert.equal((await world.golden.get(`/v2/images/${imageId}`)).body.__imagetype, "shared");
        assert.deepEqual(await listed(world, {}), [], "pending is not listed");
        assert.deepEqual(await listed(world, { member_status: "pending", __imagetype: "shared" }), [imageId]);

        const answer = (fields: Record<string, unknown>) =>
            world.partner.put(batch, { images: [imageId], project_id: partner.project, status: "accepted", ...fields });
        assert.equal((await answer({})).body.error.code, "IMG.0184", "vault_id is mandatory");
        assert.equal((await answer({ vault_id: golden.vault })).body.error.code, "IMG.0184", "another's vault");
        const billing = { object_type: "server", protect_type: "backup", size: 189 };
        const small = await world.partner.post("/v3/{pid}/vaults", { vault: { name: "small", billing } });
        assert.equal((await answer({ vault_id: small.body.vault.id })).body.error.code, "IMG.0182");
        assert.equal((await answer({ vault_id: partner.vault })).status, 200);
        assert.deepEqual(await listed(world, {}), [imageId]);
        const [seen] = (await world.partner.get("/v2/cloudimages", { id: imageId })).body.images;
        assert.equal(seen.owner, golden.project);

        assert.equal((await answer({ status: "rejected" })).status, 200);
        assert.deepEqual(await listed(world, {}), []);
        assert.deepEqual(await listed(world, { member_status: "rejected" }), [imageId]);
        const removed = await world.golden.del(batch, { images: [imageId], projects: [partner.project] });
        world.seconds(3);
        const deletion = await world.golden.job(removed.body.job_id);
        assert.deepEqual([deletion.job_type, deletion.entities.results], ["imsDelImageMembersJob", []]);
        assert.deepEqual(await listed(world, { member_status: "rejected" }), []);
        assert.equal((await world.partner.get(`/v2/images/${imageId}`)).status, 404);
        assert.equal((await world.golden.get(`/v2/images/${imageId}`)).body.__imagetype, "private");
    });

    it("are created with Glance's own operations", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const path = `/v2/images/${imageId}/members`;
        const added = await world.golden.post(path, { member: partner.project });
        assert.deepEqual([added.status, added.body.status, added.body.schema], [200, "pending", "/v2/schemas/member"]);
        assert.equal((await world.golden.post(path, { member: partner.project })).status, 409);
        const byOwner = await world.golden.put(`${path}/${partner.project}`, { status: "accepted" });
        assert.deepEqual([byOwner.status, byOwner.body.code], [403, "403 Forbidden"]);
        const accepted = await world.partner.put(`${path}/${partner.project}`, {
            status: "accepted",
            vault_id: partner.vault,
        });
        assert.deepEqual([accepted.status, accepted.body.status], [200, "accepted"]);
        assert.equal((await world.partner.get(path)).body.members.length, 1);
        const shown = await world.golden.get(`/v1/{pid}/cloudimages/${imageId}/members/${partner.project}`);
        assert.equal(shown.body.status, "accepted");
        assert.equal((await world.golden.del(`${path}/${partner.project}`)).status, 204);
        assert.equal((await world.golden.del(`${path}/${partner.project}`)).status, 404);
    });

    it("are refused with the owner, unknown projects, and for images of others", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const share = async (client: typeof world.golden, project: string, image = imageId) =>
            (await client.post(batch, { images: [image], projects: [project] })).body.error.code;
        assert.equal(await share(world.golden, golden.project), "IMG.0076");
        assert.equal(await share(world.golden, "0".repeat(32)), "IMG.0108");
        assert.equal(await share(world.golden, golden.projectNl), "IMG.0108", "another region");
        assert.equal(await share(world.partner, golden.project), "IMG.0027");
        const gold = (await world.golden.get("/v2/cloudimages", { __imagetype: "gold" })).body.images[0].id;
        assert.equal(await share(world.golden, partner.project, gold), "IMG.0089");
        await world.golden.post(batch, { images: [imageId], projects: [partner.project] });
        assert.equal(await share(world.partner, golden.project), "IMG.0106");
    });

    it("of a full-ECS image are limited to ten projects", async () => {
        const [first] = defaultWorld.huawei.domains;
        assert.ok(first);
        const tenants = Array.from({ length: 11 }, (_, index) => {
            const hex = (index + 16).toString(16);
            return {
                ...first,
                id: `d1${hex.padStart(30, "0")}`,
                name: `tenant${index}`,
                users: first.users.map((user) => ({ ...user, id: undefined, accessKeyId: `TENANT${index}` })),
                projects: [{ id: `c1${hex.padStart(30, "0")}`, region: "eu-de" }],
                servers: [],
                vaults: [],
            };
        });
        const huawei = { domains: [...defaultWorld.huawei.domains, ...tenants] };
        const world = await bench({ world: { ...defaultWorld, huawei } });
        const { imageId } = await wholeImage(world);
        const projects = tenants.map((tenant) => tenant.projects[0]?.id ?? "");
        const tooMany = await world.golden.post(batch, { images: [imageId], projects });
        assert.equal(tooMany.body.error.code, "IMG.0088");
        const { body } = await world.golden.get(`/v2/images/${imageId}/members`);
        assert.deepEqual(body.members, [], "nothing of the refused request stays");
        assert.equal((await world.golden.post(batch, { images: [imageId], projects: projects.slice(1) })).status, 200);
    });

    it("can be used for servers if accepted or rejected, not while pending; the owner can delete the image", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        await world.golden.post(batch, { images: [imageId], projects: [partner.project] });
        const recipient = { ...world, golden: world.partner };
        await assert.rejects(newServer(recipient, imageId), /Ecs\.0031/);
        await world.partner.put(batch, { images: [imageId], project_id: partner.project, status: "rejected" });
        const { serverId } = await newServer(recipient, imageId);
        const disks = await world.partner.get(`/v1/{pid}/cloudservers/${serverId}/block_device`);
        assert.deepEqual(
            disks.body.volumeAttachments.map(({ size }: Json) => size),
            [40, 100, 50],
        );
        assert.equal((await world.golden.del(`/v2/images/${imageId}`, { delete_backup: true })).status, 204);
        world.seconds(20);
        assert.equal((await world.partner.get(`/v2/images/${imageId}`)).status, 404);
        assert.equal((await world.partner.get(`/v1/{pid}/cloudservers/${serverId}`)).body.server.image.id, imageId);
        await assert.rejects(newServer(recipient, imageId), /Ecs\.0031/);
    });

    it("of full-ECS images do not exist in profile csbs, nor for images with a CSBS backup", async () => {
        const world = await bench({ profile: "csbs" });
        const { imageId } = await wholeImage(world, { vault_id: undefined });
        const share = () => world.golden.post(batch, { images: [imageId], projects: [partner.project] });
        assert.equal((await share()).body.error.code, "IMG.0135");
        const native = await world.golden.post(`/v2/images/${imageId}/members`, { member: partner.project });
        assert.equal(native.body.error.code, "IMG.0135");
        world.simulator.sim.settings.set("huawei.profile", "cbr");
        assert.equal((await share()).body.error.code, "IMG.0135", "backed by CSBS");
    });
});

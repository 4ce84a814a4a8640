import assert from "node:assert/strict";
import { servers } from "../../../provider/dist/simulator/huawei/models/server.js";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { type Bench, bench, closeAll, golden, type Json, newServer, serverRequest, wholeImage } from "./client.ts";

const action = "/v1/cloudimages/wholeimages/action";
const request = { name: "erp", instance_id: golden.server, vault_id: golden.vault };
const scope = { cloud: "huawei", account: golden.domain, region: "eu-de" } as const;

async function disk({ golden: client, seconds }: Bench, zone = "eu-de-01"): Promise<string> {
    const volume = { availability_zone: zone, volume_type: "SSD", size: 10, name: "extra" };
    const creation = await client.post("/v2/{pid}/cloudvolumes", { volume });
    seconds(5);
    return (await client.job(creation.body.job_id)).entities.volume_id;
}

const attach = ({ golden: client }: Bench, volumeId: string) =>
    client.post(`/v1/{pid}/cloudservers/${golden.server}/attachvolume`, { volumeAttachment: { volumeId } });

describe("huawei servers with a task in progress", () => {
    afterEach(closeAll);

    it("answer 404 for the world's fraction of their creation time, while job and X-Client-Token know them", async () => {
        const huawei = { ...defaultWorld.huawei, serverAppearsAfter: 0.8 };
        const world = await bench({ world: { ...defaultWorld, huawei } });
        const { golden: client, seconds } = world;
        const { imageId } = await wholeImage(world);
        const create = () =>
            client.call("POST", "/v1/{pid}/cloudservers", {
                body: serverRequest(imageId),
                headers: { "x-client-token": "t" },
            });
        const creation = await create();
        const [id] = creation.body.serverIds;
        seconds(59);
        assert.equal((await client.get(`/v1/{pid}/cloudservers/${id}`)).body.error.code, "Ecs.0114");
        const listed = await client.get("/v1/{pid}/cloudservers/detail", { name: "clone" });
        assert.deepEqual(listed.body.servers, []);
        assert.equal((await client.job(creation.body.job_id)).status, "RUNNING");
        assert.deepEqual((await create()).body, creation.body);
        seconds(1);
        assert.equal((await client.get(`/v1/{pid}/cloudservers/${id}`)).body.server.status, "BUILD");
    });

    it("treat equal JSON with the same X-Client-Token as equal, whatever its format", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const send = (body: unknown) =>
            world.golden.call("POST", "/v1/{pid}/cloudservers", { body, headers: { "x-client-token": "t" } });
        const { server } = serverRequest(imageId);
        const first = await send({ server });
        const turned = Object.fromEntries(Object.entries(server).reverse());
        assert.deepEqual((await send({ server: turned })).body, first.body);
        assert.equal((await send({ server: { ...server, name: "other" } })).body.error.code, "Ecs.0005");
    });

    it("cannot attach or detach a disk during deletion or start, so that no disk is lost", async () => {
        const world = await bench();
        const { golden: client, seconds, simulator } = world;
        const first = await disk(world);
        await client.post("/v1/{pid}/cloudservers/delete", { servers: [{ id: golden.server }] });
        assert.equal((await attach(world, first)).body.error.code, "Ecs.0100");
        const { body } = await client.get(`/v1/{pid}/cloudservers/${golden.server}/block_device`);
        const data = body.volumeAttachments[1].volumeId;
        const off = await client.del(`/v1/{pid}/cloudservers/${golden.server}/detachvolume/${data}`);
        assert.equal(off.body.error.code, "Ecs.0100");
        seconds(20);
        assert.equal((await client.get(`/v2/{pid}/cloudvolumes/${data}`)).body.volume.status, "available");

        const { imageId } = { imageId: (await client.get("/v2/cloudimages")).body.images[0].id };
        const { serverId } = await newServer(world, imageId, { availability_zone: "eu-de-01" });
        const attached = await client.post(`/v1/{pid}/cloudservers/${serverId}/attachvolume`, {
            volumeAttachment: { volumeId: first },
        });
        const doomed = await client.post("/v1/{pid}/cloudservers/delete", { servers: [{ id: serverId }] });
        assert.equal(doomed.body.error.code, "Ecs.0100", "a disk is on its way");
        simulator.sim.store(scope).delete(servers, serverId);
        seconds(5);
        assert.equal((await client.job(attached.body.job_id)).error_code, "Ecs.0114");
        const { volume } = (await client.get(`/v2/{pid}/cloudvolumes/${first}`)).body;
        assert.deepEqual([volume.status, volume.attachments], ["available", []]);
    });

    it("cannot change from the moment an image of them is requested", async () => {
        const world = await bench();
        const { golden: client } = world;
        await client.post(action, request);
        const server = { servers: [{ id: golden.server }] };
        assert.equal((await client.post("/v1/{pid}/cloudservers/delete", server)).body.error.code, "Ecs.0073");
        const stop = await client.post("/v1/{pid}/cloudservers/action", { "os-stop": server });
        assert.equal(stop.body.error.code, "Ecs.0100");
    });

    it("that are deleted nevertheless make the image's job fail", async () => {
        for (const [path, wait] of [
            [action, 0],
            [action, 100],
            ["/v2/cloudimages/action", 100],
        ] as const) {
            const { golden: client, seconds, simulator } = await bench();
            const creation = await client.post(path, request);
            seconds(wait);
            simulator.sim.store(scope).delete(servers, golden.server);
            seconds(500);
            const job = await client.job(creation.body.job_id);
            assert.deepEqual([job.status, job.error_code], ["FAIL", "IMG.0005"], `${path} after ${wait} s`);
        }
    });

    it("are deleted once if they are named twice", async () => {
        const { golden: client, seconds } = await bench();
        const one = { id: golden.server };
        const creation = await client.post("/v1/{pid}/cloudservers/delete", { servers: [one, one] });
        assert.equal((await client.job(creation.body.job_id)).entities.sub_jobs_total, 1);
        seconds(20);
        assert.equal((await client.job(creation.body.job_id)).status, "SUCCESS");
    });

    it("never get a system disk smaller than the backup's, whatever min_disk", async () => {
        const world = await bench();
        const { golden: client } = world;
        const { imageId } = await wholeImage(world);
        const patch = (value: number) =>
            client.call("PATCH", `/v2/cloudimages/${imageId}`, {
                body: [{ op: "replace", path: "/min_disk", value }],
            });
        assert.equal((await patch(10)).body.error.code, "IMG.0055");
        assert.equal((await patch(60)).body.min_disk, 60);
        assert.equal((await patch(40)).body.min_disk, 40);
        const small = serverRequest(imageId, { root_volume: { volumetype: "SSD", size: 20 } });
        assert.equal((await client.post("/v1/{pid}/cloudservers", small)).body.error.code, "Ecs.0005");
    });

    it("keep attributes that were set during their creation", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { body } = await client.get("/v2/cloudimages", { __imagetype: "gold" });
        const creation = await client.post("/v1/{pid}/cloudservers", serverRequest(body.images[0].id));
        const path = `/v1/{pid}/cloudservers/${creation.body.serverIds[0]}`;
        seconds(30);
        await client.put(path, { server: { name: "renamed" } });
        seconds(60);
        const { server }: Json = (await client.get(path)).body;
        assert.deepEqual([server.name, server.status], ["renamed", "ACTIVE"]);
    });
});

import assert from "node:assert/strict";
import { type Bench, bench, closeAll, type Json, newServer, serverRequest, wholeImage } from "./client.ts";

async function disks({ golden: client }: Bench, serverId: string): Promise<Json[]> {
    return (await client.get(`/v1/{pid}/cloudservers/${serverId}/block_device`)).body.volumeAttachments;
}

describe("huawei servers in use", () => {
    afterEach(closeAll);

    it("are created once for one X-Client-Token", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const create = (name: string) =>
            world.golden.call("POST", "/v1/{pid}/cloudservers", {
                body: serverRequest(imageId, { name, adminPass: "Geheim-123!" }),
                headers: { "x-client-token": "token-1" },
            });
        const first = await create("a");
        const second = await create("a");
        assert.deepEqual(second.body, first.body);
        assert.equal((await create("b")).body.error.code, "Ecs.0005");
        world.seconds(100);
        const { body } = await world.golden.get("/v1/{pid}/cloudservers/detail", { name: "a" });
        assert.equal(body.servers.filter(({ name }: Json) => name === "a").length, 1);
        assert.doesNotMatch(JSON.stringify(world.simulator.sim.calls.list()), /Geheim/);
        assert.doesNotMatch(JSON.stringify(world.objects()), /Geheim/);
    });

    it("keep their data disks when they are deleted, by default", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { imageId } = await wholeImage(world);
        const first = await newServer(world, imageId);
        const second = await newServer(world, imageId);
        const before = await disks(world, first.serverId);
        const doomed = await client.post("/v1/{pid}/cloudservers/delete", { servers: [{ id: first.serverId }] });
        seconds(20);
        assert.equal((await client.job(doomed.body.job_id)).status, "SUCCESS");
        const afterDeletion = await client.get(`/v1/{pid}/cloudservers/${first.serverId}`);
        assert.deepEqual([afterDeletion.status, afterDeletion.body.error.code], [404, "Ecs.0114"]);
        const states = [];
        for (const { volumeId } of before) {
            const { body } = await client.get(`/v2/{pid}/cloudvolumes/${volumeId}`);
            states.push(body.volume?.status ?? body.error.code);
        }
        assert.deepEqual(states, ["EVS.5404", "available", "available"]);
        const all = await disks(world, second.serverId);
        await client.post("/v1/{pid}/cloudservers/delete", { servers: [{ id: second.serverId }], delete_volume: true });
        seconds(20);
        assert.equal((await client.get(`/v2/{pid}/cloudvolumes/${all[1].volumeId}`)).status, 404);
    });

    it("replace only their system disk with a full-ECS image", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { imageId } = await wholeImage(world);
        const { serverId } = await newServer(world, imageId);
        const path = `/v2/{pid}/cloudservers/${serverId}/changeos`;
        const change = { "os-change": { imageid: imageId, adminpass: "x" } };
        assert.equal((await client.post(path, change)).body.error.code, "Ecs.0100", "it runs");
        const stop = { "os-stop": { type: "HARD", servers: [{ id: serverId }] } };
        await client.post("/v1/{pid}/cloudservers/action", stop);
        seconds(10);
        const before = await disks(world, serverId);
        const changed = await client.post(path, change);
        assert.equal(changed.status, 200, changed.text);
        assert.equal((await client.get(`/v1/{pid}/cloudservers/${serverId}`)).body.server.status, "REBUILD");
        seconds(90);
        const after = await disks(world, serverId);
        assert.notEqual(after[0].volumeId, before[0].volumeId);
        assert.deepEqual(after.slice(1), before.slice(1));
    });

    it("start, stop, and attach and detach disks", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { body } = await client.get("/v1/{pid}/cloudservers/detail", { name: "web-golden" });
        const id = body.servers[0].id;
        const status = async () => (await client.get(`/v1/{pid}/cloudservers/${id}`)).body.server;
        await client.post(`/v2.1/{pid}/servers/${id}/action`, { "os-stop": {} });
        assert.deepEqual(
            [(await status()).status, (await status())["OS-EXT-STS:task_state"]],
            ["ACTIVE", "powering-off"],
        );
        seconds(10);
        assert.deepEqual([(await status()).status, (await status())["OS-EXT-STS:vm_state"]], ["SHUTOFF", "stopped"]);
        await client.post("/v1/{pid}/cloudservers/action", { "os-start": { servers: [{ id }] } });
        seconds(10);
        const volume = { availability_zone: "eu-de-02", volume_type: "SSD", size: 10, name: "extra" };
        const creation = await client.post("/v2/{pid}/cloudvolumes", { volume });
        seconds(5);
        const { volume_id: volumeId } = (await client.job(creation.body.job_id)).entities;
        const attached = await client.post(`/v1/{pid}/cloudservers/${id}/attachvolume`, {
            volumeAttachment: { volumeId },
        });
        assert.equal(attached.status, 200, attached.text);
        seconds(5);
        assert.equal((await disks(world, id)).at(-1).device, "/dev/vdc");
        const inUse = await client.del(`/v2/{pid}/cloudvolumes/${volumeId}`);
        assert.equal(inUse.body.error.code, "EVS.1046");
        await client.del(`/v1/{pid}/cloudservers/${id}/detachvolume/${volumeId}`);
        seconds(5);
        await client.del(`/v2/{pid}/cloudvolumes/${volumeId}`);
        seconds(5);
        assert.equal((await client.get(`/v2/{pid}/cloudvolumes/${volumeId}`)).status, 404);
    });
});

import assert from "node:assert/strict";
import { defaultWorld } from "../../../provider/dist/simulator/worlds/world.js";
import { bench, closeAll, golden, type Json } from "./client.ts";

const action = "/v1/cloudimages/wholeimages/action";
const request = { name: "erp", instance_id: golden.server, vault_id: golden.vault };

describe("huawei full-ECS image failures", () => {
    afterEach(closeAll);

    it("block the system disk and the power state during creation", async () => {
        const { golden: client, seconds } = await bench();
        await client.post(action, request);
        seconds(5);
        const server = `/v1/{pid}/cloudservers/${golden.server}`;
        const { body } = await client.get(`${server}/block_device`);
        const [system, data] = body.volumeAttachments;
        const detached = await client.del(`${server}/detachvolume/${system.volumeId}`);
        assert.deepEqual([detached.status, detached.body.error.code], [400, "Ecs.0073"]);
        const stop = { "os-stop": { servers: [{ id: golden.server }] } };
        assert.equal((await client.post("/v1/{pid}/cloudservers/action", stop)).body.error.code, "Ecs.0100");
        const doomed = { servers: [{ id: golden.server }] };
        assert.equal((await client.post("/v1/{pid}/cloudservers/delete", doomed)).body.error.code, "Ecs.0073");
        assert.equal((await client.del(`${server}/detachvolume/${data.volumeId}`)).status, 200, "a data disk may go");
    });

    it("follow a power operation if the world says so", async () => {
        const huawei = { ...defaultWorld.huawei, powerDuringImage: "failImage" as const };
        const { golden: client, seconds } = await bench({ world: { ...defaultWorld, huawei } });
        const creation = await client.post(action, request);
        seconds(5);
        const stop = { "os-stop": { servers: [{ id: golden.server }] } };
        assert.equal((await client.post("/v1/{pid}/cloudservers/action", stop)).status, 200);
        seconds(300);
        assert.deepEqual(
            [(await client.job(creation.body.job_id)).status, (await client.job(creation.body.job_id)).error_code],
            ["FAIL", "IMG.0126"],
        );
    });

    it("leave a killed image and a failed backup, with the reason in the job", async () => {
        const { golden: client, seconds, simulator } = await bench();
        simulator.sim.faults.add({ job: "huawei.wholeImage.activate", reason: "IMG.0182: the vault is full" });
        const creation = await client.post(action, request);
        seconds(300);
        const job = await client.job(creation.body.job_id);
        assert.deepEqual([job.status, job.error_code, job.fail_reason], ["FAIL", "IMG.0182", "the vault is full"]);
        const { body } = await client.get("/v2/cloudimages", { status: "killed" });
        assert.deepEqual(
            body.images.map(({ id }: Json) => id),
            [job.entities.image_id],
        );
        const [backup] = (await client.get("/v3/{pid}/backups")).body.backups;
        assert.equal(backup.status, "error");
        const deletion = await client.del(`/v2/images/${job.entities.image_id}`, { delete_backup: true });
        assert.equal(deletion.status, 204);
        seconds(20);
        assert.deepEqual((await client.get("/v3/{pid}/backups")).body.backups, []);
    });

    it("occur once with a fault, and then the creation succeeds", async () => {
        const { golden: client, simulator } = await bench();
        const target = "ims.CreateWholeImage";
        simulator.sim.faults.add({ action: target, status: 429, code: "APIGW.0308", message: "over ratelimit" });
        simulator.sim.faults.add({ action: target, status: 400, code: "IMG.0060", message: "flow control" });
        const throttled = await client.post(action, request);
        assert.deepEqual([throttled.status, throttled.body.error_code], [429, "APIGW.0308"]);
        assert.equal(throttled.body.request_id, throttled.headers["x-request-id"]);
        assert.equal((await client.post(action, request)).body.error.code, "IMG.0060");
        assert.equal((await client.post(action, request)).status, 200);
    });

    it("are those of the job if the vault fills up after the request was accepted", async () => {
        const { golden: client, seconds } = await bench();
        const billing = { object_type: "server", protect_type: "backup", size: 250 };
        const vault = (await client.post("/v3/{pid}/vaults", { vault: { name: "v", billing } })).body.vault.id;
        const first = await client.post(action, { ...request, vault_id: vault });
        const { body } = await client.get("/v1/{pid}/cloudservers/detail", { name: "lvm-golden" });
        const web = body.servers[0].id;
        const second = await client.post(action, { ...request, vault_id: vault, instance_id: web });
        assert.equal(second.status, 200, "there is room for either");
        seconds(2);
        assert.equal((await client.job(first.body.job_id)).status, "RUNNING");
        const job = await client.job(second.body.job_id);
        assert.deepEqual([job.status, job.error_code], ["FAIL", "IMG.0182"]);
        assert.match(job.fail_reason, /vault capacity/);
    });
});

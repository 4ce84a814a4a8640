import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../../provider/dist/simulator/index.js";
import {
    bench,
    Client,
    closeAll,
    golden,
    type Json,
    newServer,
    partner,
    send,
    serverRequest,
    wholeImage,
} from "./client.ts";
import { queryText, sign } from "./signing.ts";

const request = { name: "erp", instance_id: golden.server, vault_id: golden.vault };
const action = "/v1/cloudimages/wholeimages/action";

describe("huawei simulation", () => {
    let folder = "";
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "huawei-simulation-"));
    });
    afterEach(async () => {
        await closeAll();
        rmSync(folder, { recursive: true });
    });

    it("continues a job after a restart", async () => {
        const data = join(folder, "state.db");
        const first = await startSimulator({ clock: "frozen", data });
        const before = new Client(first.url, golden.project, golden.key);
        const creation = await before.post(action, request);
        first.sim.advance(100_000);
        await first.close();

        const { golden: client, seconds } = await bench({ data });
        assert.equal((await client.job(creation.body.job_id)).status, "RUNNING");
        seconds(318);
        const job = await client.job(creation.body.job_id);
        assert.equal(job.status, "SUCCESS");
        assert.equal((await client.get(`/v2/images/${job.entities.image_id}`)).body.status, "active");
    });

    it("jumps with the auto clock to the event that the client polls for", async () => {
        const { golden: client } = await bench({ clock: "auto" });
        const creation = await client.post(action, request);
        let polls = 0;
        let job: Json = {};
        while (job.status !== "SUCCESS" && polls < 20) {
            job = await client.job(creation.body.job_id);
            polls++;
        }
        assert.equal(job.status, "SUCCESS");
        assert.ok(polls <= 6, `${polls} polls`);
    });

    it("shows one account nothing of another", async () => {
        const world = await bench();
        const { imageId, backupId } = await wholeImage(world);
        const { serverId } = await newServer(world, imageId);
        const creation = await world.golden.post(action, { ...request, name: "x" });
        const disks = (await world.golden.get(`/v1/{pid}/cloudservers/${serverId}/block_device`)).body;
        const volumeId = disks.volumeAttachments[0].volumeId;
        for (const path of [
            `/v2/images/${imageId}`,
            `/v3/{pid}/backups/${backupId}`,
            `/v3/{pid}/vaults/${golden.vault}`,
            `/v1/{pid}/cloudservers/${serverId}`,
            `/v2/{pid}/cloudvolumes/${volumeId}`,
            `/v1/{pid}/jobs/${creation.body.job_id}`,
            `/v2/images/${imageId}/members`,
        ]) {
            assert.equal((await world.partner.get(path)).status, 404, path);
            const own = path.endsWith("members") ? 200 : undefined;
            assert.equal((await world.golden.get(path)).status, own ?? 200, path);
        }
        const everything = await world.partner.get("/v2/cloudimages");
        assert.ok(!everything.text.includes(golden.project));
        assert.equal((await world.partner.del(`/v3/{pid}/backups/${backupId}`)).status, 404);
        const doomed = { servers: [{ id: serverId }] };
        assert.equal((await world.partner.post("/v1/{pid}/cloudservers/delete", doomed)).status, 404);
        assert.equal(
            (await world.partner.post(action, { ...request, vault_id: partner.vault })).body.error.code,
            "IMG.0005",
        );
        const nl = new Client(world.simulator.url, golden.projectNl, golden.key);
        assert.equal((await nl.get(`/v2/images/${imageId}`)).status, 404, "another region");
    });

    it("has its seeded state again after everything is deleted", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const seeded = world.objects();
        const { imageId } = await wholeImage(world);
        const billing = { object_type: "server", protect_type: "backup", size: 100 };
        const vault = await client.post("/v3/{pid}/vaults", { vault: { name: "v", billing } });
        await client.post("/v1/cloudimages/members", { images: [imageId], projects: [partner.project] });
        await world.partner.put("/v1/cloudimages/members", {
            images: [imageId],
            project_id: partner.project,
            status: "accepted",
            vault_id: partner.vault,
        });
        const system = await client.post("/v2/cloudimages/action", { name: "sys", instance_id: golden.server });
        seconds(420);
        const systemId = (await client.job(system.body.job_id)).entities.image_id;
        const { serverId } = await newServer(world, imageId);
        const { server } = (await client.get(`/v1/{pid}/cloudservers/${golden.server}`)).body;
        await client.post("/v1/{pid}/cloudservers/action", { "os-stop": { servers: [{ id: golden.server }] } });
        seconds(10);
        await client.post("/v1/{pid}/cloudservers/action", { "os-start": { servers: [{ id: golden.server }] } });
        seconds(10);
        assert.notDeepEqual(world.objects(), seeded);

        await client.post("/v1/{pid}/cloudservers/delete", { servers: [{ id: serverId }], delete_volume: true });
        await client.del(`/v2/images/${systemId}`);
        await client.del(`/v2/images/${imageId}`, { delete_backup: true });
        await client.del(`/v3/{pid}/vaults/${vault.body.vault.id}`);
        seconds(30);
        assert.deepEqual(world.objects(), seeded);
        assert.deepEqual((await client.get(`/v1/{pid}/cloudservers/${golden.server}`)).body.server, server);
        const { body } = await client.get(`/v3/{pid}/vaults/${golden.vault}`);
        assert.deepEqual([body.vault.billing.used, body.vault.resources], [0, []]);
        assert.equal(world.simulator.sim.pendingJobs, 0);
    });

    it("keeps a vault with an image's backup and deletes the others with their vault", async () => {
        const world = await bench();
        const { golden: client, seconds } = world;
        const { imageId, backupId } = await wholeImage(world);
        const used = (await client.get(`/v3/{pid}/vaults/${golden.vault}`)).body.vault;
        assert.deepEqual([used.billing.used, used.resources[0].id], [190 * 1024, golden.server]);
        const early = await client.del(`/v3/{pid}/vaults/${golden.vault}`);
        assert.equal(early.body.error_code, "BackupService.6111");
        const ids = { resource_ids: [golden.server] };
        const remove = () => client.post(`/v3/{pid}/vaults/${golden.vault}/removeresources`, ids);
        assert.equal((await remove()).body.error_code, "BackupService.6204");
        await client.del(`/v2/images/${imageId}`);
        seconds(3);
        assert.deepEqual((await remove()).body, { remove_resource_ids: [golden.server] });
        seconds(10);
        assert.equal((await client.get(`/v3/{pid}/backups/${backupId}`)).status, 404);
    });

    it("returns the same bytes for the same seed and requests", async () => {
        async function run(seed: number): Promise<string> {
            const { simulator } = await bench({ seed });
            const host = "simulated.localhost";
            const time = new Date();
            const call = async (method: string, path: string, body?: unknown, query?: Record<string, string>) => {
                const text = body === undefined ? "" : JSON.stringify(body);
                const headers = { "content-type": "application/json", "x-project-id": golden.project };
                const signed = sign({ method, host, path, query, headers, body: text }, golden.key, time);
                const target = query ? `${path}?${queryText(query)}` : path;
                const answer = await send(simulator.url, method, target, signed, text);
                answers.push(`${answer.status} ${answer.headers["x-request-id"]} ${answer.text}`);
                return answer.body;
            };
            const answers: string[] = [];
            const creation = await call("POST", action, request);
            simulator.sim.advance(1_100_000);
            const job = await call("GET", `/v1/${golden.project}/jobs/${creation.job_id}`);
            const imageId = job.entities.image_id;
            await call("POST", `/v1/${golden.project}/cloudservers`, serverRequest(imageId));
            simulator.sim.advance(200_000);
            await call("GET", `/v1/${golden.project}/cloudservers/detail`);
            await call("GET", `/v3/${golden.project}/backups`);
            await call("GET", "/v2/cloudimages", undefined, { id: imageId });
            await call("DELETE", `/v2/images/${imageId}`, { delete_backup: true });
            await call("GET", "/v2/images/none");
            return answers.join("\n");
        }
        const first = await run(7);
        assert.equal(await run(7), first);
        assert.notEqual(await run(8), first);
    });

    it("creates the same objects however often a client polls", async () => {
        const imageAfter = async (polls: number): Promise<string> => {
            const world = await bench();
            for (let poll = 0; poll < polls; poll++) await world.golden.get("/v2/cloudimages");
            return (await wholeImage(world)).imageId;
        };
        assert.equal(await imageAfter(3), await imageAfter(0));
    });
});

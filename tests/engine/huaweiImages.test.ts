import assert from "node:assert/strict";
import { CustomImage, FullEcsImage, HuaweiServer, huawei, ImageShare } from "pulumi-machine-images";
import { Client, golden } from "../simulator/huawei/client.ts";
import { assertInOrder } from "./order.ts";
import { type EngineStack, engineStack } from "./stack.ts";

const cloud = huawei({ region: "eu-de" });
const partner = huawei({ region: "eu-de", account: "partner" });
const partnerVault = "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f";
const machine = { flavor: "s3.xlarge.2", vpc: "v", subnet: "s" };

/** Configures the simulator's second Huawei Cloud account as "partner". */
async function namePartner(world: EngineStack): Promise<void> {
    const [, account] = world.simulator.accounts.filter((candidate) => candidate.cloud === "huawei");
    const [keys] = account?.keys ?? [];
    const set = (key: string, value = "", secret = false) =>
        world.stack.setConfig(`machine-images:accounts.partner.${key}`, { value, secret }, true);
    await set("accessKeyId", keys?.accessKeyId);
    await set("accessKeySecret", keys?.accessKeySecret, true);
}

describe("system images on the real engine", () => {
    let world: EngineStack;
    const story =
        (minRamMiB = 1024) =>
        async () => {
            const base = new CustomImage("base", { cloud, source: { server: golden.server }, minRamMiB });
            const accept = [{ cloud: partner }];
            const share = new ImageShare("to-partner", { cloud, image: base, with: { projects: [] }, accept });
            new HuaweiServer("ours", { cloud, image: base, ...machine });
            new HuaweiServer("theirs", { cloud: partner, image: share, ...machine });
        };
    before(async () => {
        world = await engineStack("system-images", { profile: "cbr" });
        await namePartner(world);
        world.use(story());
    });
    after(() => world.close());

    it("are shared, accepted by the other account, and used by servers in both", async () => {
        await world.up();
        assertInOrder(world.changes(), "ims.CreateImage", "ims.GlanceAddMember", "ims.GlanceUpdateMember");
        const servers = world.left().filter((held) => held.startsWith("huawei.server "));
        assert.equal(servers.length, 2);
    });

    it("a second up and a refresh change nothing, and memory is updated in place", async () => {
        assert.deepEqual(Object.keys((await world.up()).summary), ["same"]);
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
        world.changes();
        world.use(story(2048));
        const { operations } = await world.up();
        assert.deepEqual(operations, { base: "update", "to-partner": "same", ours: "same", theirs: "same" });
        assert.deepEqual(world.changes(), ["ims.UpdateImage"]);
    });

    it("are deleted by destroy after the servers and the share", async () => {
        await world.destroy();
        const changes = world.changes();
        assertInOrder(changes, "ecs.DeleteServer", "ims.GlanceDeleteMember", "ims.DeleteImage");
        assert.deepEqual(world.left(), []);
    });
});

describe("full-ECS images of existing backups, on the real engine", () => {
    let world: EngineStack;
    let backup: string;
    before(async () => {
        world = await engineStack("given-backups", { profile: "cbr" });
        await namePartner(world);
        const client = new Client(world.simulator.url, golden.project, golden.key);
        const resources = [{ id: golden.server, type: "OS::Nova::Server" }];
        await client.post(`/v3/{pid}/vaults/${golden.vault}/addresources`, { resources });
        const checkpoint = { vault_id: golden.vault, parameters: { resources: [golden.server] } };
        await client.post("/v3/{pid}/checkpoints", { checkpoint });
        world.simulator.sim.advance(1_500_000);
        const listed = await client.get("/v3/{pid}/backups");
        backup = listed.body.backups[0].id;
        world.changes();
    });
    after(() => world.close());

    it("keep the backup when they are deleted, and are accepted with a vault", async () => {
        world.use(async () => {
            const guest = { volumesAcrossDisks: false };
            const erp = new FullEcsImage("erp", { cloud, source: { backup }, guest });
            const accept = [{ cloud: partner, vault: partnerVault }];
            new ImageShare("to-partner", { cloud, image: erp, with: { projects: [] }, accept });
        });
        await world.up();
        assert.deepEqual(Object.keys((await world.refresh()).summary), ["same"]);
        await world.destroy();
        assert.deepEqual(world.left(), [`huawei.backup ${backup}`]);
    });

    it("are refused at preview without the recipient's vault, before they exist", async () => {
        world.use(async () => {
            const erp = new FullEcsImage("erp", { cloud, source: { backup }, guest: { volumesAcrossDisks: false } });
            const accept = [{ cloud: partner }];
            new ImageShare("to-partner", { cloud, image: erp, with: { projects: [] }, accept });
        });
        world.changes();
        await assert.rejects(
            world.preview(),
            /has a problem: accept\.0\.vault: is required to accept a full-ECS image/,
        );
        assert.deepEqual(world.changes(), []);
    });
});

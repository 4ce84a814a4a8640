import assert from "node:assert/strict";
import { bench, closeAll, golden, type Json, newServer, wholeImage } from "./client.ts";

const action = "/v1/cloudimages/wholeimages/action";

describe("huawei image requests", () => {
    afterEach(closeAll);

    it("count against the quota from the request on, and against the concurrent tasks", async () => {
        const { golden: client, simulator, seconds } = await bench();
        simulator.sim.quotas.change("huawei.ims.images", 1);
        const servers = (await client.get("/v1/{pid}/cloudservers/detail")).body.servers;
        const web = servers.find(({ name }: Json) => name === "web-golden").id;
        const order = (instance_id: string) => client.post("/v2/cloudimages/action", { name: "i", instance_id });
        assert.equal((await order(golden.server)).status, 200);
        assert.equal((await order(web)).body.error.code, "IMG.0015", "its row is not there yet");
        simulator.sim.quotas.change("huawei.ims.images", 10);
        simulator.sim.quotas.change("huawei.ims.concurrentTasks", 1);
        assert.equal((await order(web)).body.error.code, "IMG.0060");
        seconds(420);
        assert.equal((await order(web)).status, 200);
        assert.equal((await client.get("/v1/cloudimages/quota")).body.quotas.resources[0].quota, 10);
    });

    it("store a changed __os_version", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const body = [{ op: "replace", path: "/__os_version", value: "Debian GNU/Linux 12 64bit" }];
        await world.golden.call("PATCH", `/v2/cloudimages/${imageId}`, { body });
        const shown = await world.golden.get(`/v2/images/${imageId}`);
        assert.equal(shown.body.__os_version, "Debian GNU/Linux 12 64bit");
    });

    it("require a value in the old patch format", async () => {
        const world = await bench();
        const { imageId } = await wholeImage(world);
        const patch = (body: Json) =>
            world.golden.call("PATCH", `/v2/images/${imageId}`, {
                body,
                headers: { "content-type": "application/openstack-images-v2.0-json-patch" },
            });
        assert.equal((await patch([{ replace: "/name" }])).body.error.code, "IMG.0001");
        assert.equal((await patch([{ replace: "/name", value: "new" }])).body.name, "new");
    });

    it("respect the quotas of shares and tags", async () => {
        const world = await bench();
        const { golden: client, simulator } = world;
        const { imageId } = await wholeImage(world);
        simulator.sim.quotas.change("huawei.ims.membersOfWholeImages", 0);
        const member = await client.post(`/v2/images/${imageId}/members`, { member: world.partner.project });
        assert.equal(member.body.error.code, "IMG.0088");
        simulator.sim.quotas.change("huawei.ims.tags", 1);
        const tags = [
            { key: "a", value: "" },
            { key: "b", value: "" },
        ];
        const tagged = await client.post(`/v2/{pid}/images/${imageId}/tags/action`, { action: "create", tags });
        assert.equal(tagged.body.error.code, "IMG.0116");
    });

    it("pass on guest facts: only Windows with another SAN policy than OnlineAll has offline disks", async () => {
        const facts = [
            [{}, "healthy"],
            [{ sanPolicy: "OnlineAll" }, "healthy"],
            [{ sanPolicy: "OfflineShared" }, "offline"],
            [{ sanPolicy: "OfflineInternal" }, "offline"],
        ] as const;
        for (const [guest, expected] of facts) {
            const { defaultWorld } = await import("../../../provider/dist/simulator/worlds/world.js");
            const [domain] = defaultWorld.huawei.domains;
            assert.ok(domain);
            const servers = domain.servers.map((server) => ({ ...server, os: "Windows" as const, guest }));
            const huawei = { domains: [{ ...domain, servers }] };
            const world = await bench({ world: { ...defaultWorld, huawei } });
            const creation = await world.golden.post(action, {
                name: "w",
                instance_id: golden.server,
                vault_id: golden.vault,
            });
            world.seconds(1100);
            const { image_id } = (await world.golden.job(creation.body.job_id)).entities;
            const { serverId } = await newServer(world, image_id);
            const states = world.simulator.sim.registry
                .objects()
                .filter(({ kind, value }) => kind === "huawei.volume" && JSON.stringify(value).includes(serverId))
                .map(({ value }: Json) => value.guestState);
            assert.deepEqual(
                [...new Set(states.slice().sort())],
                expected === "healthy" ? ["healthy"] : ["healthy", "offline"],
            );
        }
    });
});

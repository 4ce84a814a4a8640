import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const source = { server: "ace0706b2ac4454d984295a942130001" };
const plan = "swas.s2.c2m2s50b4t08";
const ecs = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };

describe("servers from a custom image", () => {
    let world: Simulated;
    let image: Managed;
    beforeEach(async () => {
        world = await simulated();
        image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
    });
    afterEach(() => world.close());

    it("creates a simple server with its name and tags, plans no change afterwards, and refunds the server", async () => {
        const server = world.resource(simpleServer, "web");
        const inputs = { cloud, image: image.id, plan, tags: { team: "web" }, onDelete: { refund: true } };
        assert.equal(await server.up(inputs), "create");
        assert.equal(server.outs.status, "Running");
        assert.equal(await server.up(inputs), "same");
        assert.equal(await server.refresh(), "quiet");
        await server.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("refuses to delete a simple server without a refund", async () => {
        const server = world.resource(simpleServer, "web");
        await server.up({ cloud, image: image.id, plan });
        await assert.rejects(server.destroy(), /cannot be deleted.*onDelete: \{ refund: true \}/s);
        assert.ok(server.id);
    });

    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const changes: [string, object][] = [
        ["another image", { image: "m-other" }],
        ["an image that is not known yet", { image: unknown }],
        ["another plan", { plan: "swas.s2.c2m4s50b4t08" }],
        ["a data disk", { dataDiskGiB: 20 }],
        ["another region", { cloud: { type: "alibaba", region: "cn-shanghai" } }],
    ];
    for (const [what, change] of changes) {
        it(`refuses at preview to replace a simple server for ${what} without a refund, and orders nothing`, async () => {
            const server = world.resource(simpleServer, "web");
            const inputs = { cloud, image: image.id, plan, onDelete: { refund: true } };
            await server.up(inputs);
            const wanted = { ...inputs, ...change };
            const refusal = /onDelete\.refund: must be true.*onDelete: \{ refund: true \}.*retainOnDelete/;
            for (const onDelete of [undefined, {}, { refund: false }]) {
                const { failures } = await server.preview({ ...wanted, onDelete });
                assert.match(failures.join(), refusal);
            }
            const before = world.changes();
            await assert.rejects(server.up({ ...wanted, onDelete: { refund: false } }), refusal);
            assert.deepEqual(world.changes(), before);
            const retained = { onDelete: undefined, __retain: true };
            const { failures: early } = await server.preview({ ...wanted, ...retained });
            assert.match(early.join(), refusal, "the engine uses the option in the state");
            await server.up({ ...inputs, ...retained });
            for (const more of [{}, { onDelete: { refund: unknown } }, retained]) {
                const { failures } = await server.preview({ ...wanted, ...more });
                assert.doesNotMatch(failures.join(), refusal);
            }
        });
    }

    it("changes the name and tags of a simple server in place", async () => {
        const server = world.resource(simpleServer, "web");
        await server.up({ cloud, image: image.id, plan, tags: { team: "web" } });
        assert.equal(
            await server.up({ cloud, image: image.id, plan, name: "front-1", tags: { team: "app" } }),
            "update",
        );
        assert.equal(server.outs.serverName, "front-1");
        assert.equal(await server.refresh(), "quiet");
    });

    it("orders no second server after a run that was killed after the order", async () => {
        const { sim } = world.simulator;
        const advance = sim.advance.bind(sim);
        sim.advance = () => {
            throw new Error("killed");
        };
        const inputs = { cloud, image: image.id, plan };
        await assert.rejects(world.resource(simpleServer, "web").up(inputs), /killed/);
        sim.advance = advance;
        await world.resource(simpleServer, "web").up(inputs);
        const made = world.left().filter((held) => held.startsWith("alibaba.server "));
        assert.equal(made.length, 1);
    });

    it("deletes the server of an interrupted run if the inputs have changed", async () => {
        const share = world.resource(imageShare, "to-ecs");
        await share.up({ cloud, image: image.id, with: "ecs" });
        const inputs = { cloud, image: image.id, ...ecs };
        await world.killedAfter(1, () => world.resource(ecsInstance, "api").up(inputs));
        const instance = world.resource(ecsInstance, "api");
        await instance.up({ ...inputs, instanceType: "ecs.g7.xlarge" });
        const made = world.left().filter((held) => held.startsWith("alibaba.ecsInstance "));
        assert.deepEqual(made, [`alibaba.ecsInstance ${instance.id}`]);
    });

    for (const { onDelete, left, warns } of [
        { onDelete: { refund: true }, left: 1, warns: 0 },
        { onDelete: undefined, left: 2, warns: 1 },
    ]) {
        it(`${warns ? "warns of" : "refunds"} a simple server of an interrupted run that is not declared any more`, async () => {
            const inputs = { cloud, image: image.id, plan, onDelete };
            await world.killedAfter(2, () => world.resource(simpleServer, "web").up(inputs));
            await world.resource(simpleServer, "web").up({ ...inputs, months: 3 });
            assert.equal(world.left().filter((held) => held.startsWith("alibaba.server ")).length, left);
            const warnings = world.warnings.filter((text) => /is left over from an interrupted run/.test(text));
            assert.equal(warnings.length, warns);
        });
    }

    it("finds its server after the order's token has expired", async () => {
        const { sim } = world.simulator;
        const advance = sim.advance.bind(sim);
        sim.advance = () => {
            throw new Error("killed");
        };
        const inputs = { cloud, image: image.id, plan };
        await assert.rejects(world.resource(simpleServer, "web").up(inputs), /killed/);
        assert.ok(world.changes().includes("swas.TagResources"));
        sim.advance = advance;
        sim.advance(30 * 3_600_000);
        await world.resource(simpleServer, "web").up(inputs);
        assert.equal(world.left().filter((held) => held.startsWith("alibaba.server ")).length, 1);
    });

    it("creates a new server after the first was refunded, although its token is still valid", async () => {
        const server = world.resource(simpleServer, "web");
        const inputs = { cloud, image: image.id, plan, onDelete: { refund: true } };
        await server.up(inputs);
        const first = server.id;
        await server.destroy();
        assert.equal(await server.up(inputs), "create");
        assert.notEqual(server.id, first);
    });

    it("creates a new server from another image although the first server's token is still valid", async () => {
        const server = world.resource(simpleServer, "web");
        await server.up({ cloud, image: image.id, plan, onDelete: { refund: true } });
        await server.destroy();
        const other = world.resource(customImage, "other");
        await other.up({ cloud, source });
        assert.equal(await server.up({ cloud, image: other.id, plan, onDelete: { refund: true } }), "create");
    });

    it("creates an ECS instance from a shared image, plans no change afterwards, and deletes the instance", async () => {
        const share = world.resource(imageShare, "to-ecs");
        await share.up({ cloud, image: image.id, with: "ecs" });
        const instance = world.resource(ecsInstance, "api");
        const inputs = { cloud, image: image.id, ...ecs, tags: { team: "api" } };
        assert.equal(await instance.up(inputs), "create");
        assert.equal(instance.outs.status, "Running");
        assert.equal(await instance.up(inputs), "same");
        assert.equal(await instance.refresh(), "quiet");
        assert.equal(await instance.up({ ...inputs, tags: { team: "web" } }), "update");
        await instance.destroy();
        await share.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("shows the cloud's reason with its code and request if the image is not shared", async () => {
        const instance = world.resource(ecsInstance, "api");
        await assert.rejects(
            instance.up({ cloud, image: image.id, ...ecs }),
            /ECS RunInstances: .*\(InvalidImageId\.NotFound, request /,
        );
        assert.equal(instance.id, undefined);
    });

    it("refuses at preview an image that is in another region", async () => {
        const server = world.resource(simpleServer, "web");
        const imageFacts = { kind: "custom", cloud: "alibaba", region: "cn-shanghai" };
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const { failures } = await server.preview({ cloud, image: unknown, imageFacts, plan });
        assert.match(
            failures.join(),
            /image: the image is in alibaba cn-shanghai and the server in alibaba cn-hangzhou/,
        );
    });
});

import assert from "node:assert/strict";
import { hiderOf } from "../../../provider/dist/pulumi/dynamic/secretTexts.js";
import { customImage } from "../../../provider/dist/resources/customImage.handler.js";
import { huaweiServer } from "../../../provider/dist/resources/huaweiServer.handler.js";
import { imageShare } from "../../../provider/dist/resources/imageShare.handler.js";
import { systemDiskReplacement } from "../../../provider/dist/resources/systemDiskReplacement.handler.js";
import { customImageKind } from "../../../provider/dist/simulator/alibaba/swas/models.js";
import { type Simulated, simulated } from "../../resources/simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const server = "ace0706b2ac4454d984295a942130001";
const other = "ace0706b2ac4454d984295a942130002";

describe("a text without secrets", () => {
    for (const [secret, text, shown] of [
        ["hidden", 'image m-1 (hidden) has "hidden-1"', 'image m-1 ([secret]) has "[secret]-1"'],
        ["a b/c", "GET /images?name=a%20b%2Fc", "GET /images?name=[secret]"],
        ['say "x"', '{"name":"say \\"x\\""}', '{"name":"[secret]"}'],
        ["web", "web-1 of website (web), not web", "web-1 of website ([secret]), not [secret]"],
        ["$&.*", "costs $&.* more", "costs [secret] more"],
        ["7", "17 of 7, item 7.", "17 of [secret], item [secret]."],
        ["", "nothing", "nothing"],
    ] as const) {
        it(`hides ${JSON.stringify(secret)} in ${JSON.stringify(text)}`, () => {
            assert.equal(hiderOf([secret])(text), shown);
        });
    }

    it("hides the longer one of two secrets with the same beginning", () => {
        assert.equal(hiderOf(["hidden", "hidden-image"])("hidden-image, hidden"), "[secret], [secret]");
    });
});

describe("the secret inputs of a resource", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated();
    });
    afterEach(() => world.close());

    const said = () => [...world.warnings, ...world.progress].join("\n");

    it("name the property only in the reason of a problem, because the engine shows the property's value", async () => {
        const image = world.resource(customImage, "golden");
        const { failures } = await image.preview({
            ...{ cloud, source: { server }, name: "hidden image!" },
            ...{ tags: { team: "x".repeat(65), owner: "o".repeat(65) }, __secrets: ["name", "tags.team"] },
        });
        assert.deepEqual(failures, [
            'name: must have 2 to 128 letters, digits, ":", "_" or "-", and begin with a letter or digit',
            "tags.team: must have at most 64 characters",
            "tags.owner: must have at most 64 characters",
        ]);
    });

    it("do not show the id of a server that does not exist", async () => {
        const image = world.resource(customImage, "golden");
        const source = { server: "ace0706b2ac4454d98429fffffffffff" };
        const { failures } = await image.preview({ cloud, source, __secrets: ["source.server"] });
        assert.deepEqual(failures, ["source.server: no server [secret] in cn-hangzhou: correct the id or the region"]);
    });

    it("do not show a name in errors of create, update and delete, or in errors of the cloud", async () => {
        const name = "hidden-image";
        await world.resource(customImage, "first").up({ cloud, source: { server }, name });
        const second = world.resource(customImage, "second");
        const given = { cloud, source: { server: other }, name, __secrets: ["name"] };
        await assert.rejects(second.up(given), /cannot create image \[secret\] in cn-hangzhou/);
        world.simulator.sim.faults.add({
            match: { action: "swas.CreateSnapshot" },
            effect: { refuse: { status: 400, code: "Odd", message: `no snapshot for hidden-image` } },
        });
        await assert.rejects(second.up(given), /no snapshot for \[secret\]/);
    });

    it("do not show a name during a deletion, if only the state marks it as secret", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source: { server }, name: "hidden-image", __secrets: ["name"] });
        assert.equal(await image.refresh(), "quiet");
        const store = world.simulator.sim.store({
            cloud: "alibaba",
            account: "1000000000000001",
            region: "cn-hangzhou",
        });
        store.change(customImageKind, String(image.id), { inShare: true });
        await assert.rejects(image.destroy(), (error) => {
            assert.ok(error instanceof Error);
            assert.match(error.message, /\[secret\]/);
            return !error.message.includes("hidden") && !String(error.stack).includes("hidden");
        });
    });

    it("plan no change of a state of version 0.1.0 without recorded secrets, and are recorded with the next change", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source: { server }, name: "hidden-image" });
        for (const stored of [image.inputs, image.outs]) delete stored.__owner;
        const given = { cloud, source: { server }, name: "hidden-image", __secrets: ["name"] };
        assert.equal(await image.up(given), "same");
        assert.equal(await image.up({ ...given, tags: { team: "web" } }), "update");
        assert.deepEqual(image.outs.__secrets, ["name"]);
        assert.equal(await image.up({ ...given, tags: { team: "web" } }), "same");
    });

    it("are not part of the resource's own id", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source: { server } });
        const share = world.resource(imageShare, "to-ecs");
        const given = { cloud, image: image.id, with: "ecs", __secrets: ["image"] };
        await share.up(given);
        assert.match(String(share.id), /^[0-9a-f]{16}\/ecs$/);
        assert.equal(await share.refresh(), "quiet");
        assert.equal(await share.up(given), "same");
        await share.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("do not show the server of a disk in the erases output, in warnings, or in the id", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source: { server } });
        const disk = world.resource(systemDiskReplacement, "disk");
        await disk.up({ cloud, server: other, image: image.id, confirmWipe: true, __secrets: ["server"] });
        assert.match(String(disk.inputs.erases), /of server \[secret\] in cn-hangzhou/);
        assert.match(String(disk.id), /^[0-9a-f]{16}\/system-disk$/);
        assert.match(said(), /\[secret\]/);
        assert.doesNotMatch(said(), new RegExp(other));
        assert.equal(await disk.refresh(), "quiet");
    });

    it("do not show the name of a server that fails", async () => {
        const { failures } = await world.resource(huaweiServer, "web").preview({
            ...{ cloud: { type: "huawei", region: "eu-de" }, image: "0a1b2c3d-hidden", flavor: "s3.large.2" },
            ...{ vpc: "v", subnet: "s", __secrets: ["image"] },
        });
        assert.match(failures.join("\n"), /^image: there is no image \[secret\] in eu-de/);
    });
});

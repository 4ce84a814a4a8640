import assert from "node:assert/strict";
import { huawei } from "../../provider/dist/clouds/cloud.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { servers as serverKind } from "../../provider/dist/simulator/huawei/models/server.js";
import { volumes } from "../../provider/dist/simulator/huawei/models/volume.js";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const cloud = huawei({ region: "eu-de" });
const partner = huawei({ region: "eu-de", account: "partner" });
const partnerProject = "b0000000000000000000000000000001";
const server = "94eba8b2-acc9-4d82-badc-127144cc5526";
const inputs: Properties = { cloud, source: { server } };
const machine = { flavor: "s3.xlarge.2", vpc: "v", subnet: "s" };

/** The id of a server of the default world. */
function serverNamed(world: Simulated, name: string): string {
    const found = world.simulator.sim.registry.list("huawei", serverKind).find(({ value }) => value.name === name);
    assert.ok(found, `no server ${name} in the default world`);
    return found.value.id;
}

describe("CustomImage on Huawei Cloud", () => {
    let world: Simulated;
    let image: Managed;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
        image = world.resource(systemImage, "base");
    });
    afterEach(() => world.close());

    const changesOf = async (work: () => Promise<unknown>) => {
        const before = world.changes().length;
        await work();
        return world.changes().slice(before);
    };
    const ims = async () => (await world.clouds.huawei(cloud)).ims;

    it("creates an image of a running server, plans no change afterwards, and is deleted without a trace", async () => {
        const wanted = { ...inputs, tags: { team: "web" }, description: "base", minRamMiB: 2048 };
        const made = await changesOf(() => image.up(wanted));
        assert.deepEqual(made, ["ims.CreateImage", "ims.BatchAddOrDeleteTags"]);
        const { imageName, status, osType, systemDiskGiB } = image.outs;
        assert.match(String(imageName), /^base-[0-9a-f]{7}$/);
        assert.deepEqual([status, osType, systemDiskGiB], ["active", "Linux", 40]);
        assert.equal(await image.up(wanted), "same");
        assert.equal(await image.refresh(), "quiet");
        assert.deepEqual(await changesOf(() => image.destroy()), ["ims.DeleteImage"]);
        assert.deepEqual(world.left(), []);
    });

    it("creates an image of a stopped server", async () => {
        await image.up({ ...inputs, source: { server: serverNamed(world, "stopped-golden") } });
        assert.equal(image.outs.status, "active");
    });

    it("changes name, description, tags and memory in place, with one request for each kind of change", async () => {
        await image.up({ ...inputs, tags: { team: "web" }, description: "base", maxRamMiB: 8192 });
        const { id } = image;
        const wanted = { ...inputs, name: "base 2", tags: { team: "app" }, minRamMiB: 1024, maxRamMiB: 4096 };
        const update = await changesOf(async () => assert.equal(await image.up(wanted), "update"));
        assert.deepEqual(update, ["ims.UpdateImage", "ims.BatchAddOrDeleteTags"]);
        assert.equal(await image.refresh(), "quiet");
        const seen = await (await ims()).image(String(id));
        assert.deepEqual(
            [seen?.name, seen?.description, seen?.minRamMiB, seen?.maxRamMiB],
            ["base 2", undefined, 1024, 4096],
        );
        assert.equal(await image.up({ ...wanted, minRamMiB: 0, maxRamMiB: undefined }), "update");
        assert.equal(await image.refresh(), "quiet");
        assert.equal((await (await ims()).image(String(id)))?.maxRamMiB, undefined);
        assert.equal(image.id, id);
    });

    it("detects manual changes, and corrects them", async () => {
        await image.up(inputs);
        const id = String(image.id);
        const client = await ims();
        await client.updateImage(id, [{ op: "replace", path: "/min_ram", value: 512 }]);
        await client.updateImage(id, [{ op: "add", path: "/__description", value: "by hand" }]);
        assert.equal(await image.refresh(), "drifted");
        assert.deepEqual([image.inputs.minRamMiB, image.inputs.description], [512, "by hand"]);
        assert.equal(await image.up(inputs), "update");
        const seen = await client.image(id);
        assert.deepEqual([seen?.minRamMiB, seen?.description], [0, undefined]);
        await client.deleteImage(id, { deleteBackup: false });
        world.simulator.sim.advance(60_000);
        assert.equal(await image.refresh(), "gone");
        assert.equal(await image.up(inputs), "create");
    });

    it("is replaced for another server, create before delete, and is unchanged under another profile", async () => {
        await image.up(inputs);
        const first = image.id;
        assert.equal(await image.up({ ...inputs, cloud: huawei({ region: "eu-de", profile: "csbs" }) }), "same");
        const elsewhere = { server: serverNamed(world, "web-golden") };
        const replaced = await changesOf(() => image.up({ ...inputs, source: elsewhere }));
        assert.deepEqual(replaced, ["ims.CreateImage", "ims.DeleteImage", "ims.BatchAddOrDeleteTags"]);
        assert.notEqual(image.id, first);
    });

    it("can create servers, and is not deleted while they exist", async () => {
        await image.up(inputs);
        const clone = world.resource(huaweiServer, "clone");
        assert.equal(await clone.up({ cloud, image: image.id, ...machine }), "create");
        assert.deepEqual(clone.outs.dataDisks, []);
        assert.equal(await clone.refresh(), "quiet");
        await assert.rejects(image.destroy(), new RegExp(`server ${clone.id}`));
        await clone.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("can be shared with and accepted by another account without a vault", async () => {
        await image.up(inputs);
        const share = world.resource(imageShare, "to-partner");
        const sharing = { cloud, image: image.id, with: { projects: [] }, accept: [{ cloud: partner }] };
        assert.equal(await share.up(sharing), "create");
        assert.equal(await share.refresh(), "quiet");
        const theirs = world.resource(huaweiServer, "theirs");
        assert.equal(await theirs.up({ cloud: partner, image: image.id, ...machine }), "create");
        await theirs.destroy();
        await assert.rejects(image.destroy(), new RegExp(`still shared with project ${partnerProject}`));
        await share.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("is found by its owner id also while it is shared, for its replacement", async () => {
        await image.up(inputs);
        await (await ims()).addMember(String(image.id), partnerProject);
        const first = String(image.outs.imageName);
        await world.resource(systemImage, "base").upAndDie(inputs);
        const seen = await (await ims()).images({ status: "active" });
        const names = seen.flatMap(({ name = "", imageType }) => (imageType === "gold" ? [] : [name]));
        assert.equal(new Set(names).size, 2);
        assert.ok(names.includes(first));
    });

    it("reports why it could not be created, leaves no object, and creates another image in the next run", async () => {
        world.simulator.sim.faults.add({ job: "huawei.systemImage.finish", reason: "IMG.0110: disk unavailable" });
        await assert.rejects(image.up(inputs), /could not be created: .*disk unavailable.*IMG\.0110, job /);
        assert.equal(image.id, undefined);
        assert.deepEqual(world.left(), []);
        assert.equal(await image.up(inputs), "create");
    });

    it("creates one image after the other if two resources use the same server", async () => {
        const other = world.resource(systemImage, "other");
        await Promise.all([image.up(inputs), other.up(inputs)]);
        assert.notEqual(image.id, other.id);
        assert.equal(world.changes().filter((action) => action === "ims.CreateImage").length, 2);
    });
});

describe("what CustomImage on Huawei Cloud refuses at preview, with the reason", () => {
    let world: Simulated;
    before(async () => {
        world = await simulated({ profile: "cbr" });
    });
    after(() => world.close());

    const refusals = async (given: Properties) => {
        const { failures } = await world.resource(systemImage, "base").preview({ ...inputs, ...given });
        return failures.join("\n");
    };
    const missing = "00000000-0000-4000-8000-000000000000";
    const cases: [string, Properties, RegExp][] = [
        ["a server that does not exist", { source: { server: missing } }, /source\.server: no server 0.* in eu-de/],
        ["a server in another region", { cloud: huawei({ region: "eu-nl" }) }, /source\.server: no server .* in eu-nl/],
        ["a snapshot", { source: { snapshot: "s" } }, /source: must be \{ server \}|source.*snapshot/],
        ["a name with a trailing space", { name: "base " }, /name: must have 1 to 128 letters/],
        ["a description with a line break", { description: "a\nb" }, /description: must have at most 1024/],
        [
            "an empty range of memory",
            { minRamMiB: 4096, maxRamMiB: 2048 },
            /maxRamMiB: must not be less than minRamMiB, 4096/,
        ],
        [
            "more tags than the maximum",
            { tags: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, "v"])) },
            /tags: must have at most 8 entries/,
        ],
    ];
    for (const [name, given, reason] of cases) {
        it(name, async () => assert.match(await refusals(given), reason));
    }

    it("a server that is neither running nor stopped, and one whose system disk is too large or detached", async () => {
        const { sim } = world.simulator;
        const found = sim.registry.find("huawei", serverKind, server);
        assert.ok(found);
        const store = sim.store(found.scope);
        store.change(serverKind, server, { status: "ERROR" });
        assert.match(
            await refusals({}),
            /is ERROR: a system image can be created only from a running or stopped server/,
        );
        store.change(serverKind, server, { status: "ACTIVE" });
        const system = sim.registry
            .list("huawei", volumes)
            .find(({ value }) => value.attachment?.serverId === server && value.attachment.bootIndex === 0);
        assert.ok(system);
        store.change(volumes, system.value.id, { sizeGiB: 1025 });
        assert.match(await refusals({}), /system disk of 1025 GiB, and an image of one disk can have at most 1024 GiB/);
        const { attachment } = system.value;
        store.change(volumes, system.value.id, { sizeGiB: 40, attachment: null });
        assert.match(await refusals({}), /has no system disk.*IMG\.0119/);
        store.change(volumes, system.value.id, { attachment });
        assert.equal(await refusals({}), "");
    });

    it("more recipients than the maximum of a system image", async () => {
        const image = world.resource(systemImage, "base");
        await image.up(inputs);
        const projects = Array.from({ length: 257 }, (_, i) => `p${i}`);
        const share = world.resource(imageShare, "share");
        const { failures } = await share.preview({ cloud, image: image.id, with: { projects } });
        assert.match(
            failures.join(),
            /with\.projects: a system image can be shared with at most 256 projects \(docs\/reference\/ims\.md#shared-images/,
        );
    });
});

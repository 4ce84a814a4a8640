import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const source = { server: "ace0706b2ac4454d984295a942130001" };

describe("CustomImage", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated();
    });
    afterEach(() => world.close());

    it("creates a snapshot and an image of a server, and plans no change afterwards", async () => {
        const image = world.resource(customImage, "golden");
        assert.equal(await image.up({ cloud, source, tags: { team: "web" } }), "create");
        assert.deepEqual(world.changes(), [
            "swas.CreateSnapshot",
            "swas.CreateCustomImage",
            "swas.TagResources",
            "swas.TagResources",
        ]);
        assert.equal(image.outs.status, "available");
        assert.equal(await image.up({ cloud, source, tags: { team: "web" } }), "same");
        assert.equal(await image.refresh(), "quiet");
    });

    it("is destroyed with its snapshot, the image first", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        const before = world.changes().length;
        await image.destroy();
        assert.deepEqual(world.changes().slice(before), ["swas.DeleteCustomImage", "swas.DeleteSnapshot"]);
        assert.deepEqual(world.left(), []);
    });

    it("keeps a given snapshot", async () => {
        const first = world.resource(customImage, "first");
        await first.up({ cloud, source });
        const [snapshot] = strings(first.outs.ownedSnapshots);
        const second = world.resource(customImage, "second");
        await second.up({ cloud, source: { snapshot } });
        await second.destroy();
        assert.ok(!world.changes().includes("swas.DeleteSnapshot"));
    });

    it("changes tags in place, and replaces the image for all other inputs, create before delete", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source, tags: { team: "web", stage: "a" } });
        const before = world.changes().length;
        assert.equal(await image.up({ cloud, source, tags: { team: "app" } }), "update");
        assert.deepEqual(world.changes().slice(before), ["swas.UntagResources", "swas.TagResources"]);
        assert.equal(await image.refresh(), "quiet");

        const first = image.id;
        const start = world.changes().length;
        assert.equal(await image.up({ cloud, source, tags: { team: "app" }, description: "v2" }), "replace");
        assert.notEqual(image.id, first);
        assert.deepEqual(world.changes().slice(start), [
            "swas.CreateSnapshot",
            "swas.CreateCustomImage",
            "swas.DeleteCustomImage",
            "swas.DeleteSnapshot",
            "swas.TagResources",
            "swas.TagResources",
        ]);
    });

    it("deletes before it creates if the name is set", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source, name: "web-golden-1" });
        const start = world.changes().length;
        assert.equal(await image.up({ cloud, source, name: "web-golden-1", description: "v2" }), "replace");
        assert.equal(world.changes()[start], "swas.DeleteCustomImage");
    });

    it("refuses a deletion while a manual share exists, and names the share", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        await shareByHand(world, image.id);
        await assert.rejects(image.destroy(), /is still shared with ECS.*onDelete: \{ unshare: true \}/);
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));
    });

    it("removes such a share if onDelete.unshare is set", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source, onDelete: { unshare: true } });
        await shareByHand(world, image.id);
        const start = world.changes().length;
        await image.destroy();
        assert.deepEqual(world.changes().slice(start), [
            "swas.ModifyImageShareStatus",
            "swas.DeleteCustomImage",
            "swas.DeleteSnapshot",
        ]);
        assert.deepEqual(world.left(), []);
    });

    it("reports the cloud's reason if the image fails, deletes the image, and creates another in the next run", async () => {
        world.simulator.sim.faults.add({ job: "alibaba.customImage.done", reason: "the disk is damaged" });
        const image = world.resource(customImage, "golden");
        await assert.rejects(image.up({ cloud, source }), /could not be created/);
        assert.equal(image.id, undefined);
        assert.deepEqual(world.left(), []);
        assert.equal(await image.up({ cloud, source }), "create");
    });

    it("fails at preview for a server that does not exist", async () => {
        const image = world.resource(customImage, "golden");
        const { failures } = await image.preview({ cloud, source: { server: "nothing" } });
        assert.match(failures.join(), /source\.server: no server nothing in cn-hangzhou/);
    });

    it("finds every mistake in the inputs without a request to a cloud", async () => {
        const image = world.resource(customImage, "golden");
        const { failures } = await image.preview({ cloud: {}, source: {}, name: "?", tags: { "acs:x": "1" }, tgs: 1 });
        const properties = failures.map((failure) => failure.split(":")[0]);
        assert.deepEqual(properties, [
            "cloud.type",
            "cloud.region",
            "source",
            "name",
            "tags.acs",
            'unknown input "tgs"',
        ]);
        assert.deepEqual(world.calls(), []);
    });

    it("reports a missing source", async () => {
        const image = world.resource(customImage, "golden");
        for (const given of [{ cloud }, { cloud, source: { dataDisk: false } }]) {
            const { failures } = await image.preview(given);
            assert.deepEqual(failures, ["source: must be { server } or { snapshot }"]);
        }
    });

    it("never adopts an image that another resource created under the same name", async () => {
        await world.resource(customImage, "one").up({ cloud, source, name: "web-golden-1" });
        const other = world.resource(customImage, "other");
        await assert.rejects(
            other.up({ cloud, source, name: "web-golden-1" }),
            /cannot create image web-golden-1 in cn-hangzhou: image m-\w+ has this name/,
        );
    });

    it("is removed from the state by a refresh after it was deleted manually", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        const account = world.simulator.accounts[0];
        assert.ok(account);
        const scope = { cloud: "alibaba", account: account.id, region: "cn-hangzhou" } as const;
        world.simulator.sim.store(scope).delete({ name: "alibaba.customImage", isRecord: false }, String(image.id));
        assert.equal(await image.refresh(), "gone");
    });

    it("is replaced by --replace: a new snapshot and image are created, then the old ones deleted", async () => {
        for (const name of [undefined, "web-golden-1"]) {
            const image = world.resource(customImage, `golden-${name}`);
            await image.up({ cloud, source, name });
            const first = image.id;
            if (name) {
                await assert.rejects(
                    image.replaceByForce({ cloud, source, name }),
                    /web-golden-1: image m-\w+, which it replaces, still has this name/,
                );
                assert.equal(image.id, first);
                assert.equal(await image.refresh(), "quiet");
            } else {
                await image.replaceByForce({ cloud, source });
                assert.notEqual(image.id, first);
                assert.equal(world.left().length, 2, "one image and its snapshot");
            }
            await image.destroy();
            assert.deepEqual(world.left(), []);
        }
    });

    it("never uses the image that an interrupted run created from another source", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source, description: "one" });
        await killedRun(world, 2, { cloud, source, description: "two" }, image);
        assert.equal(await image.up({ cloud, source, description: "one" }), "same");
        assert.equal(await image.up({ cloud, source, description: "three" }), "replace");
        assert.equal(await image.refresh(), "quiet");
        assert.equal(world.left().length, 2, "one image and its snapshot");
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("deletes an abandoned replacement together with the image", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source, description: "one" });
        await killedRun(world, 2, { cloud, source, description: "two" }, image);
        assert.equal(world.left().length, 4);
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("leaves no snapshot if the cloud refuses the image", async () => {
        world.simulator.sim.faults.add({
            action: "swas.CreateCustomImage",
            status: 400,
            code: "CustomImageQuotaLimit",
            message: "The maximum number of custom image in this region is exceeded.",
        });
        const image = world.resource(customImage, "golden");
        await assert.rejects(image.up({ cloud, source }), /CustomImageQuotaLimit/);
        assert.deepEqual(world.left(), []);
        const nothing = { server: "ace0706b2ac4454d984295a942130002", dataDisk: true };
        await assert.rejects(image.up({ cloud, source: nothing }), /has no data disk/);
        assert.deepEqual(world.left(), []);
    });

    it("waits while another snapshot of the disk is being created", async () => {
        const [one, two] = ["one", "two"].map((name) => world.resource(customImage, name));
        await Promise.all([one?.up({ cloud, source }), two?.up({ cloud, source })]);
        assert.equal(world.left().length, 4);
    });

    it("plans no change if a default is written out", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        const written = { cloud, source: { ...source, dataDisk: false }, description: "" };
        assert.equal(await image.up(written), "same");
    });

    it("is removed from the state by a refresh after it failed, and the next up creates another", async () => {
        const image = world.resource(customImage, "golden");
        await image.up({ cloud, source });
        changeImage(world, image.id, { status: "3" });
        assert.equal(await image.refresh(), "gone");
        assert.equal(await image.up({ cloud, source }), "create");
        assert.equal(world.left().length, 2, "one image and its snapshot");
    });

    for (const killedAfter of [1, 2]) {
        it(`resumes the same objects if it is killed after mutating call ${killedAfter}`, async () => {
            await killedRun(world, killedAfter, { cloud, source });
            const image = world.resource(customImage, "golden");
            assert.equal(await image.up({ cloud, source }), "create");
            assert.deepEqual(world.changes().slice(0, 3), [
                "swas.CreateSnapshot",
                "swas.CreateCustomImage",
                "swas.TagResources",
            ]);
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });
    }
});

/** Shares the image outside every resource, as a person would in the console. */
async function shareByHand(world: Simulated, imageId: string | undefined): Promise<void> {
    await world.resource(imageShare, "by-hand").up({ cloud, image: imageId, with: "ecs" });
}

/** Runs an up whose process is killed in its first sleep after the answer to its k-th mutating call. */
async function killedRun(
    world: Simulated,
    k: number,
    inputs: object,
    image: Managed = world.resource(customImage, "golden"),
): Promise<void> {
    const { sim } = world.simulator;
    const advance = sim.advance.bind(sim);
    const before = world.changes().length;
    const { id, outs, inputs: stored } = image;
    sim.advance = (ms) => {
        if (world.changes().length >= before + k) throw new Error("killed");
        advance(ms);
    };
    await assert.rejects(image.up({ ...inputs }), /killed/);
    sim.advance = advance;
    assert.equal(world.changes().length, before + k);
    // A killed plugin does not report to the engine what it has created.
    Object.assign(image, { id, outs, inputs: stored });
}

/** Changes the image in the simulator, as no client can. */
function changeImage(world: Simulated, id: string | undefined, change: object): void {
    const kind = { name: "alibaba.customImage", isRecord: false };
    const { sim } = world.simulator;
    const image = sim.registry.find("alibaba", kind, String(id));
    assert.ok(image);
    sim.store(image.scope).change(kind, image.id, change);
}

function strings(value: unknown): string[] {
    assert.ok(Array.isArray(value));
    return value.map(String);
}

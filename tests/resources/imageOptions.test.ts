import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { Clouds } from "../../provider/dist/clouds/connect.js";
import { ownerTag } from "../../provider/dist/reconcile/ownership/ownership.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const golden = "ace0706b2ac4454d984295a942130001";
const alibaba = { cloud: { type: "alibaba", region: "cn-hangzhou" }, source: { server: golden } };
const huawei = {
    cloud: { type: "huawei", region: "eu-de", profile: "csbs" },
    source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
    guest: { volumesAcrossDisks: false },
};

const systemDisk = { cloud: { type: "huawei", region: "eu-de" }, source: huawei.source };

/** Sources of versions, in turn. */
const servers = [huawei.source.server, "dc061562-b461-5176-bed8-f8eef7849e41"];

const deleteInIms = async (clouds: Clouds, id: string) =>
    (await clouds.huawei({ type: "huawei", region: "eu-de" })).ims.deleteImage(id, { deleteBackup: false });

/** The kinds of images for which every option must have the same meaning; a change of `changed` replaces the image. */
const kinds: {
    name: string;
    inputs: Properties;
    /** As many as the cloud's other limits allow. */
    mostVersions: number;
    changed: (version: number) => Properties;
    image: (world: Simulated, name: string) => Managed;
    /** Set if no child is created for the image. */
    isAlone?: true;
    /** Removes tags outside every resource, as in the console. */
    untag: (world: Simulated, id: string, keys: string[]) => Promise<void>;
    /** Deletes an image outside every resource, as in the console. */
    remove: (world: Simulated, id: string) => Promise<unknown>;
}[] = [
    {
        name: "CustomImage",
        inputs: alibaba,
        mostVersions: 1,
        changed: (version) => ({ ...alibaba, description: `v${version}` }),
        image: (world, name) => world.resource(customImage, name),
        untag: async ({ clouds }, id, keys) => {
            const { swas } = await clouds.alibaba({ type: "alibaba", region: "cn-hangzhou" });
            await swas.untagResources({ resourceType: "customimage", resourceIds: [id], keys });
        },
        remove: async ({ clouds }, id) =>
            (await clouds.alibaba({ type: "alibaba", region: "cn-hangzhou" })).swas.deleteCustomImage(id),
    },
    {
        name: "FullEcsImage",
        inputs: huawei,
        mostVersions: 2,
        changed: (version) => ({ ...huawei, source: { server: servers[version % 2] } }),
        image: (world, name) => world.resource(fullEcsImage, name),
        untag: async ({ clouds }, id, keys) => {
            const { ims } = await clouds.huawei({ type: "huawei", region: "eu-de" });
            await ims.deleteImageTags(id, keys);
        },
        remove: async ({ clouds }, id) => deleteInIms(clouds, id),
    },
    {
        name: "CustomImage on Huawei Cloud",
        isAlone: true,
        inputs: systemDisk,
        mostVersions: 2,
        changed: (version) => ({ ...systemDisk, source: { server: servers[version % 2] } }),
        image: (world, name) => world.resource(systemImage, name),
        untag: async ({ clouds }, id, keys) => {
            const { ims } = await clouds.huawei({ type: "huawei", region: "eu-de" });
            await ims.deleteImageTags(id, keys);
        },
        remove: async ({ clouds }, id) => deleteInIms(clouds, id),
    },
];

for (const { name, inputs, mostVersions, changed, image: resource, isAlone, untag, remove } of kinds) {
    describe(`the common options of ${name}`, () => {
        let world: Simulated;
        let image: Managed;
        beforeEach(async () => {
            world = await simulated({ profile: "csbs" });
            image = resource(world, "golden");
        });
        afterEach(() => world.close());

        it("adopt: adopts an existing image by id or name, and deletes it with the resource", async () => {
            for (const by of ["id", "imageName"] as const) {
                const made = resource(world, `made-${by}`);
                await made.up(inputs);
                const id = made.id ?? "";
                await untag(world, id, [ownerTag]);
                made.id = undefined; // As "pulumi state delete" does it.
                const adopting = { ...inputs, adopt: by === "id" ? id : made.outs.imageName };
                const before = world.changes().length;
                assert.equal(await image.up(adopting), "create");
                assert.equal(image.id, id);
                assert.ok(
                    !world
                        .changes()
                        .slice(before)
                        .some((call) => /Create/.test(call)),
                );
                assert.equal(await image.up(adopting), "same");
                assert.equal(await image.refresh(), "quiet");
                assert.equal(await image.up(inputs), "update", "adopt has no effect afterwards");
                await image.destroy();
                assert.ok(!world.left().some((held) => held.includes(id)));
            }
        });

        it("is kept while another state also holds it, and is deleted with the last one", async () => {
            const made = resource(world, "made");
            await made.up(inputs);
            const id = made.id ?? "";
            await untag(world, id, [ownerTag]);
            await image.up({ ...inputs, adopt: id });
            await image.destroy();
            assert.ok(world.left().some((held) => held.includes(id)));
            assert.match(
                world.warnings.join("\n"),
                new RegExp(`${id} is not deleted: it is also in the state of stack`),
            );
            await made.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("adopt: refuses an image that does not exist, has another owner, or does not match the inputs", async () => {
            await assert.rejects(
                image.up({ ...inputs, adopt: "nothing" }),
                /cannot adopt image nothing: this account has no such image in /,
            );
            const made = resource(world, "made");
            await made.up(inputs);
            await assert.rejects(image.up({ ...inputs, adopt: made.id }), /another resource of this or another stack/);
            await untag(world, made.id ?? "", [ownerTag]);
            const unlike = { ...inputs, description: "other", adopt: made.id };
            await assert.rejects(image.up(unlike), /its description is "", not "other"\. Correct the inputs/);
            assert.equal(image.id, undefined);
        });

        it("keepVersions: keeps that many replaced images, newest first, and deletes all of them at the end", async () => {
            const ids: string[] = [];
            const expected = (from: number, count: number) => ids.slice(from, from + count);
            for (const version of [0, 1, 2, 3]) {
                const versioned = { ...changed(version), keepVersions: mostVersions };
                await image.up(versioned);
                ids.unshift(image.id ?? "");
                assert.deepEqual(image.outs.previousVersions ?? [], expected(1, mostVersions));
                assert.equal(await image.up(versioned), "same");
                assert.equal(await image.refresh(), "quiet");
            }
            const there = () => ids.filter((id) => world.left().some((held) => held.includes(id)));
            assert.deepEqual(there(), expected(0, mostVersions + 1));
            const fewer = mostVersions - 1;
            assert.equal(await image.up({ ...changed(3), keepVersions: fewer }), "update");
            assert.deepEqual(there(), expected(0, fewer + 1));
            assert.deepEqual(image.outs.previousVersions ?? [], expected(1, fewer));
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("version: a change creates a new image from the same source, and the previous image is known", async () => {
            const versioned = (version: string) => ({ ...inputs, version, keepVersions: 1 });
            await image.up(versioned("1.0"));
            const { id } = image;
            assert.equal(await image.up(versioned("1.0")), "same");
            assert.equal(await image.up(versioned("1.1")), "replace");
            assert.deepEqual(image.outs.previousVersions, [id]);
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("version: an image that a killed run began is not resumed for another version", async () => {
            await image.upAndDie({ ...inputs, version: "1.0" });
            const [begun] = world.left().filter((held) => /mage /.test(held));
            await image.up({ ...inputs, version: "1.1" });
            assert.ok(begun && !world.left().includes(begun), begun);
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("keepVersions: deletes a version that was replaced before keepVersions was set", async () => {
            await image.up(changed(0));
            const { id = "" } = image;
            await image.upWithoutDeletion(changed(1));
            await image.up({ ...changed(1), keepVersions: 1 });
            assert.ok(!world.left().some((held) => held.includes(id)));
            assert.deepEqual(image.outs.previousVersions ?? [], []);
        });

        it("keepVersions: shows manually deleted versions as missing", async () => {
            await image.up({ ...changed(0), keepVersions: 1 });
            await image.up({ ...changed(1), keepVersions: 1 });
            const [previous = ""] = image.outs.previousVersions as string[];
            await remove(world, previous);
            world.simulator.sim.advance(3_600_000);
            assert.equal(await image.refresh(), "drifted");
            assert.deepEqual(image.outs.previousVersions, []);
        });

        it("deleteProtection: refuses a replacement in the preview, and a deletion, until it is removed", async () => {
            await image.up({ ...changed(0), deleteProtection: true });
            const { failures } = await image.preview({ ...changed(1), deleteProtection: true });
            assert.match(failures.join(), /deleteProtection: is set, and a change of \w+ would replace/);
            const { failures: both } = await image.preview({ ...changed(1), deleteProtection: false });
            assert.equal(both.length, 1, "an object is protected until an up has removed the protection");
            await assert.rejects(image.destroy(), /is protected from deletion/);
            assert.equal(await image.up(changed(0)), "update");
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("deleteProtection: keeps an earlier version that is not in the state, and warns", async () => {
            await image.up({ ...changed(0), keepVersions: 1 });
            await image.up({ ...changed(1), keepVersions: 1, deleteProtection: true });
            const [previous = ""] = image.outs.previousVersions as string[];
            for (const stored of [image.inputs, image.outs]) stored.previousVersions = [];
            await image.up({ ...changed(1), deleteProtection: true });
            assert.ok(world.left().some((held) => held.includes(previous)));
            assert.match(world.warnings.join("\n"), new RegExp(`image ${previous} is not deleted`));
        });

        it('wait: "none" ends with the id, and dependents wait', async () => {
            assert.equal(await image.up({ ...inputs, wait: "none" }), "create");
            assert.equal(image.outs.status, "creating");
            assert.equal(await image.up({ ...inputs, tags: { team: "web" } }), "update");
            assert.notEqual(image.outs.status, "creating");
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it('onDelete.children: "retain" keeps the children', async () => {
            await image.up({ ...inputs, onDelete: { children: "retain" } });
            await image.destroy();
            const left = world.left().map((held) => held.split(" ")[0]);
            assert.ok(
                left.length > 0 === !isAlone && left.every((kind) => /snapshot|backup|checkpoint/i.test(kind ?? "")),
                left.join(),
            );

            const kept = world.left();
            for (const disturb of [image.upAndDie.bind(image), image.up.bind(image)]) {
                await disturb({ ...inputs, onDelete: { children: "retain" } });
            }
            assert.deepEqual(
                kept.filter((held) => !world.left().includes(held)),
                [],
                "the kept children are not orphans of the next image",
            );
        });
    });
}

describe("an image that servers use", () => {
    let world: Simulated;
    let image: Managed;
    const ecs = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
    beforeEach(async () => {
        world = await simulated();
        image = world.resource(customImage, "golden");
    });
    afterEach(() => world.close());

    async function users(): Promise<Managed[]> {
        const simple = world.resource(simpleServer, "simple");
        const { cloud } = alibaba;
        await simple.up({ cloud, image: image.id, plan: "swas.s2.c2m2s50b4t08", onDelete: { refund: true } });
        const share = world.resource(imageShare, "share");
        await share.up({ cloud, image: image.id, with: "ecs" });
        const instance = world.resource(ecsInstance, "instance");
        await instance.up({ cloud, image: image.id, ...ecs });
        await share.destroy();
        return [simple, instance];
    }

    it("is not deleted, and the error names all servers", async () => {
        await image.up(alibaba);
        const [simple, instance] = await users();
        const named = new RegExp(`is still used by server ${simple?.id} .*, instance ${instance?.id} .*ifInUse`);
        await assert.rejects(image.destroy(), named);
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));
    });

    it('is kept with a warning if ifInUse is "retain"', async () => {
        await image.up({ ...alibaba, onDelete: { ifInUse: "retain" } });
        await users();
        await image.destroy();
        assert.match(world.warnings.join(), /is kept, because it is still used by server/);
        assert.ok(!world.changes().includes("swas.DeleteCustomImage"));
    });

    it('is deleted after the last server if ifInUse is "wait"', async () => {
        await image.up({ ...alibaba, onDelete: { ifInUse: "wait" } });
        const all = await users();
        const going = image.destroy();
        const isWaiting = () => world.progress.some((line) => line.startsWith("still used by server"));
        while (!isWaiting()) await setImmediate();
        for (const user of all) await user.destroy();
        await going;
        assert.deepEqual(world.left(), []);
    });
});

describe("keepVersions of a CustomImage", () => {
    it("is refused at preview if the cloud cannot keep as many versions", async () => {
        const world = await simulated();
        try {
            const image = world.resource(customImage, "golden");
            const refusal = async (inputs: object) =>
                (await image.preview({ ...alibaba, keepVersions: 2, ...inputs })).failures.join();
            assert.match(await refusal({}), /^keepVersions: .*at most 3 snapshots/);
            assert.match(
                await refusal({ source: { server: golden, dataDisk: true }, keepVersions: 1 }),
                /^keepVersions: .*at most 3 snapshots/,
            );
            assert.match(
                await refusal({ source: { snapshot: "s-1" }, name: "golden" }),
                /^name: cannot be set together with keepVersions/,
            );
            assert.match(await refusal({ source: { snapshot: "s-1" } }), /^source\.snapshot: no snapshot s-1 in/);
        } finally {
            await world.close();
        }
    });
});

describe("a copy", () => {
    it('waits for an image that was created with wait "none", and accepts wait "none" itself', async () => {
        const world = await simulated();
        try {
            const image = world.resource(customImage, "golden");
            await image.up({ ...alibaba, wait: "first-region" });
            assert.equal(image.outs.status, "available");
            const copy = world.resource(imageCopy, "copy");
            const inputs = { cloud: alibaba.cloud, image: image.id, to: "cn-shanghai", wait: "none" };
            await copy.up(inputs);
            assert.equal(copy.outs.status, "copying");
            assert.equal(await copy.up({ ...inputs, wait: undefined }), "update");
            assert.equal(copy.outs.status, "available");
        } finally {
            await world.close();
        }
    });
});

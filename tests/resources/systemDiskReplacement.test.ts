import assert from "node:assert/strict";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { systemDiskReplacement } from "../../provider/dist/resources/systemDiskReplacement.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { ecsDiskKind, ecsInstanceKind } from "../../provider/dist/simulator/alibaba/ecs/models.js";
import { serverKind } from "../../provider/dist/simulator/alibaba/swas/models.js";
import { servers as huaweiServerKind } from "../../provider/dist/simulator/huawei/models/server.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const golden = "ace0706b2ac4454d984295a942130001";
const windows = "ace0706b2ac4454d984295a942130002";
const running = "ace0706b2ac4454d984295a942130003";
const stopped = "ace0706b2ac4454d984295a942130004";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The requests since a moment that changed something. */
function changesSince(world: Simulated): () => string[] {
    const before = world.changes().length;
    return () => world.changes().slice(before);
}

describe("SystemDiskReplacement on a Simple Application Server", () => {
    let world: Simulated;
    let image: Managed;
    let disk: Managed;
    beforeEach(async () => {
        world = await simulated();
        image = world.resource(customImage, "golden");
        await image.up({ cloud, source: { server: golden } });
        disk = world.resource(systemDiskReplacement, "system");
    });
    afterEach(() => world.close());

    const store = () =>
        world.simulator.sim.store({ cloud: "alibaba", account: "1000000000000001", region: cloud.region });
    const serverNow = (id: string) => store().get(serverKind, id);
    const on = (server: string, more: object = {}) => ({ cloud, server, image: image.id, confirmWipe: true, ...more });

    it("wipes the disk once, and leaves the server unchanged when it is deleted", async () => {
        assert.equal(await disk.up(on(running)), "create");
        assert.equal(serverNow(running)?.imageId, image.id);
        assert.equal(serverNow(running)?.status, "Running");
        assert.deepEqual(serverNow(running)?.tags, []);
        assert.equal(disk.outs.status, "Running");
        const since = changesSince(world);
        assert.equal(await disk.up(on(running)), "same");
        assert.equal(await disk.refresh(), "quiet");
        await disk.destroy();
        assert.deepEqual(since(), []);
        assert.equal(serverNow(running)?.imageId, image.id);
        await assert.rejects(image.destroy(), new RegExp(`still used by server ${running}`));
    });

    it("leaves a stopped server stopped", async () => {
        await disk.up(on(stopped));
        assert.equal(serverNow(stopped)?.imageId, image.id);
        assert.equal(serverNow(stopped)?.status, "Stopped");
        assert.deepEqual(serverNow(stopped)?.tags, []);
    });

    it("names the disk at preview, as a warning and in the difference", async () => {
        const expected = /system disk d-bp\w+ \(40 GiB\) of server ace0706b2ac4454d984295a942130003/;
        assert.deepEqual((await disk.preview(on(running))).failures, []);
        assert.match(
            world.warnings.join(),
            new RegExp(`up erases the ${expected.source}.*can no longer be rolled back`),
        );
        await disk.up(on(running));
        assert.match(String(disk.outs.erases), expected);
        const told = world.warnings.length;
        await disk.up(on(running));
        assert.equal(world.warnings.length, told, "nothing is erased, so there is no warning");
    });

    it("names the disk although the image does not exist yet", async () => {
        assert.deepEqual((await disk.preview(on(running, { image: unknown }))).failures, []);
        assert.match(world.warnings.join(), /up erases the system disk d-bp\w+ \(40 GiB\)/);
    });

    it("requires the confirmation although neither server nor image exist yet", async () => {
        assert.deepEqual((await disk.preview(on(unknown, { image: unknown }))).failures, []);
        assert.deepEqual(world.warnings, []);
        const { failures } = await disk.preview(on(unknown, { image: unknown, confirmWipe: undefined }));
        assert.deepEqual(failures, ["confirmWipe: must be true"]);
    });

    it("waits for an image that is still being created", async () => {
        const later = world.resource(customImage, "later");
        await later.up({ cloud, source: { server: stopped }, wait: "none" });
        await disk.up(on(running, { image: later.id }));
        assert.equal(serverNow(running)?.imageId, later.id);
    });

    it("wipes in place if the image changes, and shows it in the difference", async () => {
        await disk.up(on(running));
        const other = world.resource(customImage, "other");
        await other.up({ cloud, source: { server: stopped } });
        assert.deepEqual((await disk.preview(on(running, { image: other.id }))).replaces, []);
        assert.equal(await disk.up(on(running, { image: other.id })), "update");
        assert.equal(serverNow(running)?.imageId, other.id);
        assert.match(String(disk.outs.erases), new RegExp(`created from image ${image.id}$`));
        assert.equal(await disk.up(on(running)), "update");
        assert.equal(serverNow(running)?.imageId, image.id, "the first image again, while its client token is valid");
    });

    it("wipes nothing if the server already has the image", async () => {
        await disk.up(on(running));
        const second = world.resource(systemDiskReplacement, "second");
        const since = changesSince(world);
        assert.equal(await second.up(on(running)), "create");
        assert.deepEqual(since(), []);
        assert.match(String(second.outs.erases), /^nothing: server .* already has the image/);
    });

    it("shows a manual change of the image as drift, and wipes again", async () => {
        await disk.up(on(running));
        store().change(serverKind, running, { imageId: "another" });
        assert.equal(await disk.refresh(), "drifted");
        assert.equal(disk.inputs.image, "another");
        assert.equal(await disk.up(on(running)), "update");
        assert.equal(serverNow(running)?.imageId, image.id);
    });

    it("is removed from the state with the server", async () => {
        await disk.up(on(running));
        store().delete(serverKind, running);
        assert.equal(await disk.refresh(), "gone");
    });

    it("reports that the cloud left the disk unchanged", async () => {
        world.simulator.sim.faults.add({ job: "alibaba.server.reset", reason: "broken" });
        await assert.rejects(
            disk.up(on(running)),
            /the cloud did not replace the system disk of server \w+ in cn-hangzhou/,
        );
        assert.equal(await disk.up(on(running)), "update");
        assert.equal(serverNow(running)?.imageId, image.id);
        assert.equal(serverNow(running)?.status, "Running", "it was running before the first attempt");
    });

    describe("refuses at preview", () => {
        const facts = { kind: "custom", cloud: "alibaba", region: "cn-hangzhou" };
        const cases: [string, () => object, RegExp][] = [
            [
                "a wipe without confirmation",
                () => on(running, { confirmWipe: undefined }),
                /confirmWipe: must be true: this change erases the system disk d-bp\w+ \(40 GiB\) of server/,
            ],
            [
                "an image that was created from the same server",
                () => on(golden),
                /image: the image was created from this server.*swas-servers\.md#reset/,
            ],
            [
                "a server that does not exist",
                () => on("ace0706b2ac4454d984295a942139999"),
                /image: server \w+ in cn-hangzhou does not exist/,
            ],
            [
                "an image in another region",
                () => on(running, { imageFacts: { ...facts, region: "cn-shanghai" } }),
                /the image is in alibaba cn-shanghai/,
            ],
            [
                "an ECS image",
                () => on(running, { imageFacts: { ...facts, kind: "ecs" } }),
                /a Simple Application Server cannot use an ECS image/,
            ],
        ];
        for (const [what, inputs, expected] of cases) {
            it(what, async () => {
                const { failures } = await disk.preview({ ...inputs() });
                assert.match(failures.join(), expected);
            });
        }

        const images: [string, object, string, RegExp][] = [
            [
                "an image with a data disk for a server without one",
                { server: golden, dataDisk: true },
                stopped,
                /the image has a data disk, and the server has no data disk or a smaller one/,
            ],
            [
                "an image that is too large",
                { server: windows },
                running,
                /requires a larger system disk than the server has/,
            ],
        ];
        for (const [what, source, target, expected] of images) {
            it(what, async () => {
                const other = world.resource(customImage, "other");
                await other.up({ cloud, source });
                const { failures } = await disk.preview(on(target, { image: other.id }));
                assert.match(failures.join(), expected);
            });
        }
    });
});

describe("SystemDiskReplacement on an ECS instance", () => {
    let world: Simulated;
    let instance: Managed;
    let image: Managed;
    let disk: Managed;
    beforeEach(async () => {
        world = await simulated();
        const shared = async (name: string, server: string) => {
            const made = world.resource(customImage, name);
            await made.up({ cloud, source: { server } });
            await world.resource(imageShare, `${name}-share`).up({ cloud, image: made.id, with: "ecs" });
            return made;
        };
        const first = await shared("first", golden);
        image = await shared("second", stopped);
        instance = world.resource(ecsInstance, "web");
        await instance.up({
            cloud,
            image: first.id,
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
            systemDiskGiB: 100,
        });
        disk = world.resource(systemDiskReplacement, "system");
    });
    afterEach(() => world.close());

    const store = () =>
        world.simulator.sim.store({ cloud: "alibaba", account: "1000000000000001", region: cloud.region });
    const instanceNow = () => store().get(ecsInstanceKind, String(instance.id));
    const disksNow = () =>
        store()
            .list(ecsDiskKind)
            .filter(({ value }) => value.instanceId === instance.id);

    it("stops it, replaces the disk with one of the same size, and starts it again", async () => {
        const [old] = disksNow();
        const since = changesSince(world);
        assert.equal(await disk.up({ cloud, server: instance.id, image: image.id, confirmWipe: true }), "create");
        assert.deepEqual(since(), [
            "ecs.TagResources",
            "ecs.StopInstance",
            "ecs.ReplaceSystemDisk",
            "ecs.StartInstance",
            "ecs.UntagResources",
        ]);
        assert.equal(instanceNow()?.imageId, image.id);
        const [fresh, ...others] = disksNow();
        assert.deepEqual([fresh?.value.sizeGiB, others], [100, []]);
        assert.notEqual(fresh?.id, old?.id);
        assert.equal(disk.outs.systemDisk, fresh?.id);
        assert.equal(disk.outs.status, "Running");
        assert.match(String(disk.outs.erases), new RegExp(`system disk ${old?.id} \\(100 GiB\\) of instance`));
        assert.equal(await disk.refresh(), "quiet");
    });

    it("refuses at preview an image that ECS cannot see, and changes nothing", async () => {
        const since = changesSince(world);
        const { failures } = await disk.preview({ cloud, server: instance.id, image: "m-none", confirmWipe: true });
        assert.match(failures.join(), /image: there is no image m-none in cn-hangzhou that this account can use/);
        assert.deepEqual(since(), []);
    });

    it("accepts at preview an image whose share is only planned, and changes nothing while the share does not exist", async () => {
        const imageFacts = { kind: "custom", cloud: "alibaba", region: "cn-hangzhou" };
        const inputs = { cloud, server: instance.id, image: "m-none", imageFacts, confirmWipe: true };
        assert.deepEqual((await disk.preview(inputs)).failures, []);
        const since = changesSince(world);
        await assert.rejects(
            disk.up(inputs),
            /cannot replace the system disk of .*: image m-none is not visible to ECS/,
        );
        assert.deepEqual(since(), []);
    });
});

describe("SystemDiskReplacement on a Huawei Cloud server", () => {
    const huawei = { type: "huawei", region: "eu-de", profile: "csbs" };
    let world: Simulated;
    let image: Managed;
    let disk: Managed;
    let server: string;
    beforeEach(async () => {
        world = await simulated({ profile: "csbs" });
        image = world.resource(fullEcsImage, "erp");
        const source = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };
        await image.up({ cloud: huawei, source, guest: { volumesAcrossDisks: false } });
        disk = world.resource(systemDiskReplacement, "system");
        const found = world.simulator.sim.registry
            .objects()
            .find(({ kind, value }) => kind === "huawei.server" && Object(value).name === "web-golden");
        server = String(found?.id);
    });
    afterEach(() => world.close());

    const serverNow = () =>
        world.simulator.sim.registry.list("huawei", huaweiServerKind).find(({ id }) => id === server)?.value;

    it("stops it, changes its system, and starts it again with its data disks", async () => {
        const since = changesSince(world);
        assert.equal(await disk.up({ cloud: huawei, server, image: image.id, confirmWipe: true }), "create");
        assert.deepEqual(
            since().filter((action) => action.startsWith("ecs.")),
            [
                "ecs.BatchCreateOrDeleteServerTags",
                "ecs.PowerServers",
                "ecs.ChangeServerOs",
                "ecs.BatchCreateOrDeleteServerTags",
            ],
        );
        assert.equal(serverNow()?.image.id, image.id);
        assert.equal(serverNow()?.status, "ACTIVE");
        assert.match(world.warnings.join(), /only the system disk is overwritten/);
        assert.equal(await disk.up({ cloud: huawei, server, image: image.id, confirmWipe: true }), "same");
        assert.equal(await disk.refresh(), "quiet");
    });

    it("shows the reason of a failed job, and resumes in the next run", async () => {
        world.simulator.sim.faults.add({ job: "huawei.server.changeOs", reason: "disk error" });
        const inputs = { cloud: huawei, server, image: image.id, confirmWipe: true };
        await assert.rejects(disk.up(inputs), /changing server .* failed: .*disk error/);
        assert.equal(await disk.up(inputs), "update");
        assert.equal(serverNow()?.image.id, image.id);
        assert.equal(serverNow()?.status, "ACTIVE", "it was running before the first attempt");
    });

    it("refuses at preview an image that does not exist", async () => {
        const none = "00000000-0000-0000-0000-000000000000";
        const { failures } = await disk.preview({ cloud: huawei, server, image: none, confirmWipe: true });
        assert.match(failures.join(), /image: there is no image 0+-.* in eu-de that this account can use/);
    });
});

describe("a SystemDiskReplacement that was interrupted and then reverted", () => {
    const machines: [string, (world: Simulated) => Promise<{ on: object; images: string[]; status: () => unknown }>][] =
        [
            [
                "a Simple Application Server",
                async (world) => {
                    const images = await imagesOf(world, [golden, stopped]);
                    return { on: { cloud, server: running }, images, status: () => statusOf(world, running) };
                },
            ],
            [
                "an ECS instance",
                async (world) => {
                    const images = await imagesOf(world, [golden, stopped, running]);
                    for (const [index, made] of images.entries()) {
                        await world.resource(imageShare, `share-${index}`).up({ cloud, image: made, with: "ecs" });
                    }
                    const instance = world.resource(ecsInstance, "web");
                    const place = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
                    await instance.up({ cloud, image: images[2], systemDiskGiB: 100, ...place });
                    const server = String(instance.id);
                    return { on: { cloud, server }, images, status: () => statusOf(world, server) };
                },
            ],
            [
                "a Huawei server",
                async (world) => {
                    const eu = { type: "huawei", region: "eu-de" };
                    const sources = ["94eba8b2-acc9-4d82-badc-127144cc5526", "dc061562-b461-5176-bed8-f8eef7849e41"];
                    const images: string[] = [];
                    for (const [index, server] of sources.entries()) {
                        const made = world.resource(systemImage, `image-${index}`);
                        await made.up({ cloud: eu, source: { server } });
                        images.push(String(made.id));
                    }
                    const web = world.simulator.sim.registry
                        .list("huawei", huaweiServerKind)
                        .find(({ value }) => value.name === "web-golden");
                    const server = String(web?.id);
                    return { on: { cloud: eu, server }, images, status: () => statusOf(world, server) };
                },
            ],
        ];

    async function imagesOf(world: Simulated, sources: string[]): Promise<string[]> {
        const ids: string[] = [];
        for (const [index, server] of sources.entries()) {
            const made = world.resource(customImage, `image-${index}`);
            await made.up({ cloud, source: { server } });
            ids.push(String(made.id));
        }
        return ids;
    }

    function statusOf(world: Simulated, server: string): unknown {
        const { value } = world.simulator.sim.registry.objects().find(({ id }) => id === server) ?? {};
        const { status, imageId, image, tags } = Object(value);
        return [status, imageId ?? image?.id, JSON.stringify(tags ?? [])];
    }

    for (const [name, prepare] of machines) {
        it(`${name} has the previous image and power state, wherever the run was killed`, async () => {
            for (let k = 1; k <= 6; k++) {
                const world = await simulated({ profile: "cbr" });
                try {
                    const { on, images, status } = await prepare(world);
                    const disk = world.resource(systemDiskReplacement, "system");
                    const wanted = (image: string | undefined) => ({ ...on, image, confirmWipe: true });
                    await disk.up(wanted(images[0]));
                    const before = status();
                    await world.killedAfter(k, () => disk.upAndDie(wanted(images[1])));
                    await disk.up(wanted(images[0]));
                    assert.deepEqual(status(), before, `killed after change ${k}`);
                    assert.equal(await disk.up(wanted(images[0])), "same");
                } finally {
                    await world.close();
                }
            }
        });
    }
});

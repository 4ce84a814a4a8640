import assert from "node:assert/strict";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const server = "94eba8b2-acc9-4d82-badc-127144cc5526";
const guest = { volumesAcrossDisks: false };
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const profiles = {
    csbs: { cloud: { type: "huawei", region: "eu-de", profile: "csbs" }, source: { server }, guest },
    cbr: { cloud: { type: "huawei", region: "eu-de", profile: "cbr" }, source: { server }, guest, vault },
};

const machine = {
    flavor: "s3.xlarge.2",
    vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
    subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
};

/** The id of a server of the default world. */
function serverNamed(world: Simulated, name: string): string {
    const found = world.simulator.sim.registry
        .objects()
        .find(({ kind, value }) => kind === "huawei.server" && Object(value).name === name);
    assert.ok(found, `no server ${name} in the default world`);
    return found.id;
}

for (const profile of ["csbs", "cbr"] as const) {
    const inputs = profiles[profile];
    describe(`FullEcsImage by ${profile.toUpperCase()}`, () => {
        let world: Simulated;
        let image: Managed;
        beforeEach(async () => {
            world = await simulated({ profile });
            image = world.resource(fullEcsImage, "erp");
        });
        afterEach(() => world.close());

        it("is created when the image is active, with all disks of the server, and plans no change afterwards", async () => {
            assert.equal(await image.up({ ...inputs, tags: { team: "erp" } }), "create");
            assert.equal(image.outs.status, "active");
            const disks = Array.isArray(image.outs.disks) ? image.outs.disks : [];
            assert.deepEqual(
                disks.map(({ sizeGiB, system }) => [sizeGiB, system]),
                [
                    [40, true],
                    [100, false],
                    [50, false],
                ],
            );
            assert.equal(await image.up({ ...inputs, tags: { team: "erp" } }), "same");
            assert.equal(await image.refresh(), "quiet");
        });

        it("is deleted with its backup", async () => {
            await image.up(inputs);
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it('keeps the backup if onDelete.children is "retain"', async () => {
            await image.up({ ...inputs, onDelete: { children: "retain" } });
            await image.destroy();
            assert.equal(world.left().length, 1);
            assert.match(world.left().join(), /backup/i);
        });

        it("changes name, description and tags in place, and is replaced for another source", async () => {
            await image.up({ ...inputs, tags: { team: "erp", stage: "a" } });
            const first = image.id;
            const changed = {
                ...inputs,
                name: "erp golden 2",
                description: "nightly",
                tags: { team: "app" },
                minRamMiB: 4096,
            };
            assert.equal(await image.up(changed), "update");
            assert.equal(await image.refresh(), "quiet");
            assert.equal(image.id, first);
            const source = { server: serverNamed(world, "stopped-golden") };
            assert.equal(await image.up({ ...changed, source }), "replace");
            assert.notEqual(image.id, first);
        });

        it("can create servers that have the data disks without naming them", async () => {
            await image.up(inputs);
            const clone = world.resource(huaweiServer, "clone");
            const wanted = { cloud: inputs.cloud, image: image.id, ...machine };
            assert.equal(await clone.up(wanted), "create");
            const disks = Array.isArray(clone.outs.dataDisks) ? clone.outs.dataDisks : [];
            assert.deepEqual(
                disks.map(({ sizeGiB }) => sizeGiB),
                [100, 50],
            );
            assert.equal(await clone.up(wanted), "same");
            assert.equal(await clone.refresh(), "quiet");
            await clone.destroy();
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("creates no second image after a run that was killed after the create call", async () => {
            const { sim } = world.simulator;
            const advance = sim.advance.bind(sim);
            sim.advance = () => {
                throw new Error("killed");
            };
            await assert.rejects(world.resource(fullEcsImage, "erp").up(inputs), /killed/);
            sim.advance = advance;
            assert.equal(await image.up(inputs), "create");
            assert.equal(world.changes().filter((action) => action === "ims.CreateWholeImage").length, 1);
            await image.destroy();
            assert.deepEqual(world.left(), []);
        });

        it("refuses servers in another region or zone at preview", async () => {
            await image.up(inputs);
            const clone = world.resource(huaweiServer, "clone");
            const elsewhere = { ...inputs.cloud, region: "eu-nl" };
            const { failures } = await clone.preview({ cloud: elsewhere, image: image.id, ...machine });
            assert.match(
                failures.join(),
                /image: there is no image .* in eu-nl .*: correct the id or the region. A full-ECS image can be used only in the region/,
            );
            const imageFacts = { kind: "full-ecs", cloud: "huawei", region: "eu-de", profile };
            const early = await clone.preview({ cloud: elsewhere, image: unknown, imageFacts, ...machine });
            assert.match(early.failures.join(), /image: the image is in huawei eu-de and the server in huawei eu-nl/);
            if (image.outs.availableIn !== "eu-de") {
                const wrongZone = { cloud: inputs.cloud, image: image.id, availabilityZone: "eu-de-02", ...machine };
                const { failures: zone } = await clone.preview(wrongZone);
                assert.match(zone.join(), /availabilityZone: image .* is available only in eu-de-01/);
            }
        });
    });
}

describe("what FullEcsImage refuses at preview, with the reason", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "csbs" });
    });
    afterEach(() => world.close());

    const refusals = async (inputs: object) => {
        const { failures } = await world.resource(fullEcsImage, "erp").preview({ ...profiles.csbs, ...inputs });
        return failures.join("\n");
    };

    it("replication, export and publication", async () => {
        assert.match(await refusals({ copies: ["eu-nl"] }), /copies: a full-ECS image cannot be replicated/);
        assert.match(await refusals({ exportTo: "bucket:file" }), /exportTo: a full-ECS image cannot be exported/);
        assert.match(await refusals({ publish: true }), /publish: .* cannot be published as a Marketplace image/);
    });

    it("a share of an image with a CSBS backup, even before the image exists", async () => {
        const { cloud } = profiles.csbs;
        const share = world.resource(imageShare, "share");
        const facts = { kind: "full-ecs", cloud: "huawei", region: "eu-de", profile: "csbs" };
        const early = await share.preview({ cloud, image: unknown, imageFacts: facts, with: { projects: ["p"] } });
        assert.match(early.failures.join(), /image: a full-ECS image created with a CSBS backup cannot be shared/);
        const image = world.resource(fullEcsImage, "erp");
        await image.up(profiles.csbs);
        const { failures } = await share.preview({ cloud, image: image.id, with: { projects: ["p"] } });
        assert.match(failures.join(), /cannot be shared/);
    });

    it("a Windows server whose SAN policy is not OnlineAll, with the commands that change it", async () => {
        const windows = { server: serverNamed(world, "windows-golden") };
        const known = await refusals({ source: windows, guest: { sanPolicy: "OnlineAll", volumesAcrossDisks: false } });
        assert.match(known, /has the SAN policy OfflineShared.*diskpart.*san policy=onlineall/);
    });

    it("a Linux server whose volume group spans several disks", async () => {
        const lvm = { server: serverNamed(world, "lvm-golden") };
        assert.match(
            await refusals({ source: lvm }),
            /disk group or logical disk that contains several physical disks/,
        );
    });

    it("a server with data disks without facts about them", async () => {
        assert.match(await refusals({ guest: {} }), /set guest: \{ volumesAcrossDisks: false \}/);
    });

    it("a server that does not exist, and a vault that does not match the profile", async () => {
        assert.match(await refusals({ source: { server: "nothing" } }), /no server nothing in eu-de/);
        assert.match(await refusals({ vault }), /vault: is not supported by profile "csbs"/);
        assert.match(await refusals({ cloud: profiles.cbr.cloud }), /vault: is required with profile "cbr"/);
    });

    it('but only warns about the guest with preflight "warn"', async () => {
        const lvm = { server: serverNamed(world, "lvm-golden") };
        assert.equal(await refusals({ source: lvm, preflight: "warn" }), "");
        assert.match(world.warnings.join(), /several physical disks/);
    });
});

describe("a full-ECS image that fails", () => {
    it("reports the cloud's reason and code, leaves no object, and creates another image in the next run", async () => {
        const world = await simulated({ profile: "cbr" });
        try {
            const image = world.resource(fullEcsImage, "erp");
            world.simulator.sim.faults.add({
                job: "huawei.wholeImage.activate",
                reason: "IMG.0182: insufficient vault capacity",
            });
            await assert.rejects(image.up(profiles.cbr), /insufficient vault capacity.*IMG\.0182/);
            assert.equal(image.id, undefined);
            assert.deepEqual(world.left(), []);
            assert.equal(await image.up(profiles.cbr), "create");
        } finally {
            await world.close();
        }
    });
});

describe("ImageShare with projects", () => {
    let world: Simulated;
    let image: Managed;
    let project: string;
    const { cloud } = profiles.cbr;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
        image = world.resource(fullEcsImage, "erp");
        await image.up(profiles.cbr);
        const partner = world.simulator.accounts.filter((account) => account.cloud === "huawei")[1];
        project = partner?.projects?.find(({ region }) => region === "eu-de")?.id ?? "";
    });
    afterEach(() => world.close());

    it("shares with the project, plans no change afterwards, and is deleted before its image", async () => {
        const share = world.resource(imageShare, "partner");
        const inputs = { cloud, image: image.id, with: { projects: [project] } };
        assert.equal(await share.up(inputs), "create");
        assert.equal(await share.up(inputs), "same");
        assert.equal(await share.refresh(), "quiet");
        await share.destroy();
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("stops the deletion of the image and is named, if it was created manually", async () => {
        await world.resource(imageShare, "by-hand").up({ cloud, image: image.id, with: { projects: [project] } });
        await assert.rejects(image.destroy(), new RegExp(`still shared with project ${project}`));
        assert.equal(await image.up({ ...profiles.cbr, onDelete: { unshare: true } }), "update");
        await image.destroy();
        assert.deepEqual(world.left(), []);
    });

    it("is removed from the state by a refresh after it was removed manually", async () => {
        const share = world.resource(imageShare, "partner");
        const inputs = { cloud, image: image.id, with: { projects: [project] } };
        await share.up(inputs);
        const { ims } = await world.clouds.huawei({ type: "huawei", region: "eu-de", profile: "cbr" });
        await ims.removeMember(String(image.id), project);
        assert.equal(await share.refresh(), "gone");
    });
});

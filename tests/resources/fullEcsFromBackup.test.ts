import assert from "node:assert/strict";
import { ownerTag } from "../../provider/dist/reconcile/ownership/ownership.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { backups as backupKind } from "../../provider/dist/simulator/huawei/models/backup.js";
import { givenBackup } from "./givenBackup.ts";
import { type Managed, type Simulated, simulated } from "./simulated.ts";

const guest = { volumesAcrossDisks: false };
const server = "94eba8b2-acc9-4d82-badc-127144cc5526";
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";

for (const profile of ["csbs", "cbr"] as const) {
    const cloud = { type: "huawei", region: "eu-de", profile } as const;
    describe(`FullEcsImage from a backup of ${profile.toUpperCase()}`, () => {
        let world: Simulated;
        let image: Managed;
        let backup: string;
        let inputs: { [key: string]: unknown };
        let backups: string[];
        beforeEach(async () => {
            world = await simulated({ profile });
            image = world.resource(fullEcsImage, "erp");
            backup = await givenBackup(world, profile);
            inputs = { cloud, source: { backup }, guest };
            backups = world.left();
        });
        afterEach(() => world.close());

        it("has the backup's disks, plans no change afterwards, and can create servers with them", async () => {
            assert.equal(await image.up({ ...inputs, tags: { team: "erp" } }), "create");
            assert.equal(image.outs.backup, backup);
            const disks = Array.isArray(image.outs.disks) ? image.outs.disks : [];
            assert.deepEqual(
                disks.map(({ sizeGiB }) => sizeGiB),
                [40, 100, 50],
            );
            assert.equal(await image.up({ ...inputs, tags: { team: "erp" } }), "same");
            assert.equal(await image.refresh(), "quiet");
            const clone = world.resource(huaweiServer, "clone");
            await clone.up({ cloud, image: image.id, flavor: "s3.xlarge.2", vpc: "v", subnet: "s" });
            assert.equal(Array.isArray(clone.outs.dataDisks) && clone.outs.dataDisks.length, 2);
        });

        it("keeps the backup when it is deleted, so that another image can be created from it", async () => {
            await image.up(inputs);
            await image.destroy();
            assert.deepEqual(world.left(), backups);
            assert.equal(await image.up(inputs), "create");
        });

        it("changes name and tags in place, and is replaced for another source by an image that owns its backup", async () => {
            await image.up(inputs);
            assert.equal(await image.up({ ...inputs, name: "erp golden", tags: { team: "erp" } }), "update");
            assert.equal(await image.refresh(), "quiet");
            const ofServer = { ...inputs, source: { server }, vault: profile === "cbr" ? vault : undefined };
            assert.equal(await image.up(ofServer), "replace");
            assert.notEqual(image.outs.backup, backup);
            await image.destroy();
            assert.deepEqual(world.left(), backups);
        });

        it("keeps the backup if the image of an interrupted run is deleted for another source", async () => {
            await world.resource(fullEcsImage, "erp").upAndDie(inputs);
            const ofServer = { ...inputs, source: { server }, vault: profile === "cbr" ? vault : undefined };
            assert.equal(await image.up(ofServer), "create");
            await image.destroy();
            assert.deepEqual(world.left(), backups);
        });

        it("keeps the backup if the image could not be created", async () => {
            world.simulator.sim.faults.add({ job: "huawei.imageFromBackup.finish", reason: "IMG.0061: unknown error" });
            await assert.rejects(image.up(inputs), /unknown error.*IMG\.0061/);
            assert.deepEqual(world.left(), backups);
            assert.equal(await image.up(inputs), "create");
        });

        it("resumes the image of a run that was killed before the image was visible", async () => {
            const { sim } = world.simulator;
            const advance = sim.advance.bind(sim);
            sim.advance = () => {
                throw new Error("killed");
            };
            await assert.rejects(world.resource(fullEcsImage, "erp").up(inputs), /killed/);
            sim.advance = advance;
            assert.equal(await image.up(inputs), "create");
            assert.equal(world.changes().filter((action) => action === "ims.CreateWholeImage").length, 1);
        });

        it("is refused at preview with the error code if another image was created from the backup", async () => {
            await image.up(inputs);
            const { failures } = await world.resource(fullEcsImage, "other").preview(inputs);
            const code = profile === "cbr" ? "IMG.0029" : "IMG.0134";
            assert.match(
                failures.join(),
                new RegExp(`source\\.backup: image ${image.id} was already created from backup.*${code}`),
            );
        });

        it("is adopted if it was created from that backup, which is kept when the image is deleted", async () => {
            const byHand = world.resource(fullEcsImage, "by-hand");
            await byHand.up(inputs);
            const id = byHand.id;
            byHand.id = undefined; // As "pulumi state delete" does it.
            const { ims } = await world.clouds.huawei(cloud);
            await ims.deleteImageTags(String(id), [ownerTag]);
            const other = { ...inputs, source: { backup: "00000000-0000-4000-8000-000000000000" }, adopt: id };
            await assert.rejects(image.up(other), new RegExp(`its backup is "${backup}", not "0`));
            assert.equal(await image.up({ ...inputs, adopt: id }), "create");
            assert.equal(image.id, id);
            assert.equal(await image.refresh(), "quiet");
            await image.destroy();
            assert.deepEqual(world.left(), backups);
        });

        it("does not fail a refresh if the backup does not exist any more", async () => {
            await image.up(inputs);
            const { sim } = world.simulator;
            const found = sim.registry.find("huawei", backupKind, backup);
            assert.ok(found);
            sim.store(found.scope).delete(backupKind, backup);
            assert.equal(await image.refresh(), "quiet");
            assert.equal(image.outs.disks, undefined);
            await image.destroy();
        });
    });
}

describe("what FullEcsImage refuses for a backup at preview, with the rule", () => {
    const refusals = async (profile: "csbs" | "cbr", inputs: (world: Simulated) => Promise<object>) => {
        const world = await simulated({ profile });
        try {
            const cloud = { type: "huawei", region: "eu-de", profile };
            const given = { cloud, guest, ...(await inputs(world)) };
            return (await world.resource(fullEcsImage, "erp").preview(given)).failures.join("\n");
        } finally {
            await world.close();
        }
    };
    const missing = "00000000-0000-4000-8000-000000000000";
    const cases: [string, "csbs" | "cbr", (world: Simulated) => Promise<object>, RegExp][] = [
        [
            "a CSBS backup that does not exist",
            "csbs",
            async () => ({ source: { backup: missing } }),
            /source\.backup: no CSBS backup .* in eu-de.*IMG\.0127/,
        ],
        [
            "a CBR backup that does not exist",
            "cbr",
            async () => ({ source: { backup: missing } }),
            /source\.backup: no CBR backup .* in eu-de.*IMG\.0020/,
        ],
        [
            "a backup without snapshots",
            "cbr",
            async (world) => ({ source: { backup: await givenBackup(world, "cbr", { seconds: 1 }) } }),
            /is protecting: an image can be created only when the backup is available.*IMG\.0032/,
        ],
        [
            "a vault",
            "cbr",
            async (world) => ({ source: { backup: await givenBackup(world, "cbr") }, vault }),
            /vault: is not allowed with source\.backup/,
        ],
        [
            "a server with data disks without facts about them",
            "csbs",
            async (world) => ({ source: { backup: await givenBackup(world, "csbs") }, guest: {} }),
            /source\.backup: .*set guest: \{ volumesAcrossDisks: false \}/,
        ],
        [
            "a server that belongs to another vault",
            "cbr",
            async (world) => {
                await givenBackup(world, "cbr");
                const { backups } = await world.clouds.huawei({ type: "huawei", region: "eu-de" });
                const other = await backups.createVault({ name: "other", sizeGiB: 500 });
                return { source: { server }, vault: other.id };
            },
            /vault: server .* belongs to vault 3b5816b5.*IMG\.0183/,
        ],
        [
            "a server that is too large for the vault",
            "cbr",
            async (world) => {
                const { backups } = await world.clouds.huawei({ type: "huawei", region: "eu-de" });
                const small = await backups.createVault({ name: "small", sizeGiB: 100 });
                return { source: { server }, vault: small.id };
            },
            /vault: vault .* has 100 GiB, and the server's disks have 190 GiB.*IMG\.0182/,
        ],
        ["neither nor", "csbs", async () => ({ source: {} }), /source: must be \{ server \} or \{ backup \}/],
    ];
    for (const [name, profile, inputs, reason] of cases) {
        it(`${name} (${profile})`, async () => assert.match(await refusals(profile, inputs), reason));
    }
});

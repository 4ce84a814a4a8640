import assert from "node:assert/strict";
import { type Answer, type Bench, bench, closeAll, golden, partner } from "./client.ts";
import { answerText } from "./rules/row.ts";
import {
    aBackup,
    aCsbsBackup,
    backUp,
    backUpWithCsbs,
    csbsPath,
    fromServer,
    protect,
    shareWithPartner,
    wholeImagesPath,
} from "./rules/scene.ts";

const answerOf = (answer: Answer): string => (answer.status < 400 ? `${answer.status}` : answerText(answer));

const order = ({ golden: client }: Bench, changes: Record<string, unknown> = {}) =>
    client.post(wholeImagesPath, { ...fromServer, ...changes });

/** A complete full-ECS image, created as the profile requires, with its backup. */
async function newImage(world: Bench): Promise<{ imageId: string; backupId: string }> {
    const { body } = await order(world);
    world.seconds(1100);
    const { entities } = await world.golden.job(body.job_id);
    const image = await world.golden.get(`/v2/images/${entities.image_id}`);
    return { imageId: entities.image_id, backupId: image.body.__backup_id };
}

const inCbr = ({ golden: client }: Bench, backupId: string) => client.get(`/v3/{pid}/backups/${backupId}`);
const inCsbs = ({ golden: client }: Bench, id: string) => client.get(`/v1/{pid}/checkpoint_items/${id}`);

/** The differences between the two profiles, with the answer of each. */
const differences: readonly {
    readonly what: string;
    readonly does: (world: Bench, profile: "cbr" | "csbs") => Promise<Answer>;
    readonly cbr: string;
    readonly csbs: string;
}[] = [
    {
        what: "a full-ECS image from a server without a vault",
        does: (world) => order(world, { vault_id: undefined }),
        cbr: "400 IMG.0184",
        csbs: "200",
    },
    {
        what: "a full-ECS image with a vault that does not exist",
        does: (world) => order(world, { vault_id: "none" }),
        cbr: "400 IMG.0184",
        csbs: "200",
    },
    {
        what: "the backup of a full-ECS image, queried from CBR",
        does: async (world) => inCbr(world, (await newImage(world)).backupId),
        cbr: "200",
        csbs: "404 BackupService.6200",
    },
    {
        what: "the backup of a full-ECS image, queried from CSBS",
        does: async (world) => inCsbs(world, (await newImage(world)).backupId),
        cbr: "404 CSBS.3001",
        csbs: "200",
    },
    {
        what: "the early deletion of the backup of an image",
        does: async (world, profile) => {
            const { backupId } = await newImage(world);
            if (profile === "cbr") return world.golden.del(`/v3/{pid}/backups/${backupId}`);
            const { body } = await inCsbs(world, backupId);
            return world.golden.del(`${csbsPath}/checkpoints/${body.checkpoint_item.checkpoint_id}`);
        },
        cbr: "400 BackupService.6204",
        csbs: "400 CSBS.8007",
    },
    {
        what: "a backup with CBR",
        does: async (world) => {
            await protect(world);
            return backUp(world);
        },
        cbr: "200",
        csbs: "400 BackupService.6124",
    },
    {
        what: "a backup with CSBS",
        does: (world) => backUpWithCsbs(world),
        cbr: "400 BackupService.4008",
        csbs: "200",
    },
    {
        what: "an image from a backup of type CBR",
        does: async (world, profile) => {
            const backup_id = profile === "cbr" ? await aBackup(world) : (await aCsbsBackup(world)).id;
            return world.golden.post(wholeImagesPath, { name: "image", backup_id, whole_image_type: "CBR" });
        },
        cbr: "200",
        csbs: "400 IMG.0180",
    },
    {
        what: "an image from a backup without a type, which means CSBS",
        does: async (world, profile) => {
            const backup_id = profile === "cbr" ? await aBackup(world) : (await aCsbsBackup(world)).id;
            return world.golden.post(wholeImagesPath, { name: "image", backup_id });
        },
        cbr: "400 IMG.0198",
        csbs: "200",
    },
    {
        what: "sharing a full-ECS image natively",
        does: async (world) => shareWithPartner(world, (await newImage(world)).imageId),
        cbr: "200",
        csbs: "400 IMG.0135",
    },
    {
        what: "sharing a full-ECS image with a job",
        does: async (world) => {
            const { imageId } = await newImage(world);
            return world.golden.post("/v1/cloudimages/members", { images: [imageId], projects: [partner.project] });
        },
        cbr: "200",
        csbs: "400 IMG.0135",
    },
    {
        what: "a vault that is too small for the server",
        does: async (world) => {
            await world.golden.put(`/v3/{pid}/vaults/${golden.vault}`, { vault: { billing: { size: 100 } } });
            return order(world);
        },
        cbr: "400 IMG.0182",
        csbs: "200",
    },
];

describe("huawei profiles", () => {
    afterEach(closeAll);

    for (const { what, does, ...expected } of differences) {
        for (const profile of ["cbr", "csbs"] as const) {
            it(`${profile}: ${what} returns ${expected[profile]}`, async () => {
                const answer = answerOf(await does(await bench({ profile }), profile));
                assert.equal(answer.slice(0, expected[profile].length), expected[profile], answer);
            });
        }
    }

    it("have the same answers if no vault and no share is involved: export and copy of a full-ECS image", async () => {
        for (const profile of ["cbr", "csbs"] as const) {
            const world = await bench({ profile });
            const { imageId } = await newImage(world);
            const copied = await world.golden.post(`/v1/cloudimages/${imageId}/copy`, { name: "copy" });
            const exported = await world.golden.post(`/v1/cloudimages/${imageId}/file`, {
                bucket_url: "bucket:file",
                file_format: "qcow2",
            });
            assert.deepEqual([copied.body.error.code, exported.body.error.code], ["IMG.0130", "IMG.0128"], profile);
        }
    });
});

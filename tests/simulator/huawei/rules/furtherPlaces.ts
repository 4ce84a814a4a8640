import { images } from "../../../../provider/dist/simulator/huawei/models/image.js";
import { vaults } from "../../../../provider/dist/simulator/huawei/models/vault.js";
import { type Answer, type Bench, golden, partner, serverRequest, wholeImage } from "../client.ts";
import {
    aBackup,
    aDisk,
    aGoldImage,
    aServerWithoutDisks,
    aSystemImage,
    aWholeImage,
    csbsPath,
    fromServer,
    power,
    serversPath,
    shareWithPartner,
    storeOf,
    systemImagesPath,
    wholeImagesPath,
} from "./scene.ts";

const server = `${serversPath}/${golden.server}`;
const vault = `/v3/{pid}/vaults/${golden.vault}`;

const order = ({ golden: client }: Bench, changes: Record<string, unknown> = {}) =>
    client.post(systemImagesPath, { ...fromServer, ...changes });

const patchWith = async (bench: Bench, operation: unknown) =>
    bench.golden.call("PATCH", `/v2/cloudimages/${await aSystemImage(bench)}`, { body: [operation] });

/** The partner accepts a full-ECS image into this vault of its own. */
async function acceptInto(bench: Bench, change: Record<string, unknown>): Promise<Answer> {
    const id = await aWholeImage(bench);
    await shareWithPartner(bench, id);
    const store = bench.simulator.sim.store({ cloud: "huawei", account: partner.domain, region: "eu-de" });
    store.change(vaults, partner.vault, change);
    const accept = { status: "accepted", vault_id: partner.vault };
    return bench.partner.put(`/v2/images/${id}/members/${partner.project}`, accept);
}

async function acceptBackupInto(bench: Bench, change: Record<string, unknown>): Promise<Answer> {
    const id = await aBackup(bench);
    const members = `/v3/{pid}/backups/${id}/members`;
    await bench.golden.post(members, { members: [partner.project] });
    const store = bench.simulator.sim.store({ cloud: "huawei", account: partner.domain, region: "eu-de" });
    store.change(vaults, partner.vault, change);
    return bench.partner.put(`${members}/${partner.project}`, { status: "accepted", vault_id: partner.vault });
}

const job = ({ golden: client }: Bench, id: string) => client.get(`/v1/{pid}/jobs/${id}`);

const checkpoint = ({ golden: client }: Bench, vault_id: string, resources: string[]) =>
    client.post("/v3/{pid}/checkpoints", { checkpoint: { vault_id, parameters: { resources } } });

/** Rules that are checked in several places: the other places, and what the client reads there. */
export const furtherPlaces: readonly (readonly [says: string, where: string, by: (bench: Bench) => Promise<Answer>])[] =
    [
        ["400 IMG.0035", "removal of a name", (bench) => patchWith(bench, { op: "remove", path: "/name" })],
        ["400 IMG.0001", "a path without /", (bench) => patchWith(bench, { op: "add", path: "name", value: "a" })],
        ["400 IMG.0001", "a change without value", (bench) => patchWith(bench, { op: "add", path: "/name" })],
        [
            "400 IMG.0001",
            "an old change of no kind",
            async (bench) =>
                bench.golden.call("PATCH", `/v2/images/${await aSystemImage(bench)}`, {
                    body: [{ move: "/name" }],
                    headers: {
                        "content-type": "application/openstack-images-v2.0-json-patch",
                        "x-sdk-content-sha256": "UNSIGNED-PAYLOAD",
                    },
                }),
        ],
        [
            "400 IMG.0115",
            "a tag that is none",
            async (bench) => bench.golden.put("/v1/cloudimages/tags", { image_id: await aSystemImage(bench) }),
        ],
        [
            "400 IMG.0046",
            "an export too early",
            async (bench) => bench.golden.post(`/v1/cloudimages/${await aSystemImage(bench, 10)}/file`, {}),
        ],
        ["400 IMG.0046", "a share too early", async (bench) => shareWithPartner(bench, await aSystemImage(bench, 10))],
        [
            "400 IMG.0030",
            "an answer for another project",
            ({ golden: client }) =>
                client.put("/v1/cloudimages/members", {
                    images: ["none"],
                    project_id: partner.project,
                    status: "accepted",
                }),
        ],
        [
            "403 403 Forbidden",
            "an owner that answers itself",
            async (bench) =>
                bench.golden.put(`/v2/images/${await aSystemImage(bench)}/members/${golden.project}`, {
                    status: "accepted",
                }),
        ],
        [
            "404 404 Not Found",
            "a member that is not there",
            async (bench) => bench.golden.get(`/v2/images/${await aSystemImage(bench)}/members/none`),
        ],
        [
            "400 IMG.0106",
            "a recipient that unshares",
            async (bench) => {
                const id = await aSystemImage(bench);
                await shareWithPartner(bench, id);
                return bench.partner.del(`/v2/images/${id}/members/${partner.project}`);
            },
        ],
        [
            "400 IMG.0135",
            "an image that CSBS holds, in profile cbr",
            async (bench) => {
                const id = await aWholeImage(bench);
                storeOf(bench).change(images, id, { backupService: "csbs" });
                return shareWithPartner(bench, id);
            },
        ],
        ["400 IMG.0193", "a share into a vault of disks", (bench) => acceptInto(bench, { objectType: "disk" })],
        ["400 IMG.0188", "a share into a locked vault", (bench) => acceptInto(bench, { status: "lock" })],
        ["400 IMG.0182", "a share into a small vault", (bench) => acceptInto(bench, { sizeGiB: 10 })],
        ["400 IMG.0012", "a system image of nothing", (bench) => order(bench, { instance_id: undefined })],
        ["400 IMG.0005", "a system image of no server", (bench) => order(bench, { instance_id: "none" })],
        [
            "400 IMG.0010",
            "a system image of a busy server",
            async (bench) => {
                await order(bench);
                return order(bench);
            },
        ],
        [
            "400 IMG.0119",
            "a system image without disk",
            async (bench) => order(bench, { instance_id: await aServerWithoutDisks(bench) }),
        ],
        [
            "400 IMG.0184",
            "a full-ECS image without vault",
            ({ golden: client }) => client.post(wholeImagesPath, { ...fromServer, vault_id: "" }),
        ],
        [
            "FAIL IMG.0184",
            "a vault that goes meanwhile",
            async (bench) => {
                const { body } = await bench.golden.post(wholeImagesPath, fromServer);
                storeOf(bench).delete(vaults, golden.vault);
                bench.seconds(10);
                return job(bench, body.job_id);
            },
        ],
        [
            "400 Ecs.0005",
            "a blank disk without size",
            async (bench) => {
                const data_volumes = [{ volumetype: "SSD", size: 1 }];
                return bench.golden.post(serversPath, serverRequest(await aGoldImage(bench), { data_volumes }));
            },
        ],
        [
            "400 EVS.1048",
            "a snapshot that is deleted too early",
            async (bench) => {
                const snapshot = { volume_id: await aDisk(bench) };
                const { body } = await bench.golden.post("/v2/{pid}/cloudsnapshots", { snapshot });
                return bench.golden.del(`/v2/{pid}/cloudsnapshots/${body.snapshot.id}`);
            },
        ],
        [
            "400 Ecs.0100",
            "a disk taken from a busy server",
            async (bench) => {
                await power(bench, "os-stop");
                return bench.golden.post(`${server}/attachvolume`, {
                    volumeAttachment: { volumeId: await aDisk(bench) },
                });
            },
        ],
        [
            "400 Ecs.0100",
            "the system disk of a running server",
            async (bench) => {
                const { body } = await bench.golden.get(`${server}/block_device`);
                return bench.golden.del(`${server}/detachvolume/${body.volumeAttachments[0].volumeId}`);
            },
        ],
        ["404 BackupService.6105", "a backup into no vault", (bench) => checkpoint(bench, "none", [golden.server])],
        ["404 BackupService.7100", "a backup of no server", (bench) => checkpoint(bench, golden.vault, ["none"])],
        ["400 BackupService.6135", "a backup of nothing", (bench) => checkpoint(bench, golden.vault, [])],
        [
            "404 BackupService.6200",
            "members of no backup",
            ({ golden: client }) => client.get("/v3/{pid}/backups/none/members"),
        ],
        [
            "400 BackupService.6102",
            "a backup share into disks",
            (bench) => acceptBackupInto(bench, { objectType: "disk" }),
        ],
        [
            "400 BackupService.6114",
            "a backup share into too little",
            (bench) => acceptBackupInto(bench, { sizeGiB: 10 }),
        ],
        [
            "404 BackupService.7100",
            "a protectable that is none",
            ({ golden: client }) => client.get("/v3/{pid}/protectables/server/instances/none"),
        ],
        [
            "404 CSBS.3001",
            "a CSBS backup that is not there",
            ({ golden: client }) => client.del(`${csbsPath}/checkpoints/none`),
        ],
        [
            "400 BackupService.6101",
            "a vault smaller than its use",
            async (bench) => {
                await wholeImage(bench);
                return bench.golden.put(vault, { vault: { billing: { size: 100 } } });
            },
        ],
        [
            "400 BackupService.6203",
            "a vault with a backup in the making",
            async (bench) => {
                await aBackup(bench, 0);
                return bench.golden.del(vault);
            },
        ],
        [
            "400 BackupService.6135",
            "a server that is taken from no vault",
            ({ golden: client }) => client.post(`${vault}/removeresources`, { resource_ids: [golden.server] }),
        ],
    ];

import assert from "node:assert/strict";
import { type BackupsClient, backupsClient } from "../../../provider/dist/clouds/huawei/backups.js";
import { json, openWire, type Wire } from "../wire.ts";
import { accessKey, connectionTo, projectId, secretKey } from "./account.ts";
import { backupId, cbrBackup, csbsBackup, imageId, serverId } from "./answers.ts";
import { verifies } from "./sdkHmac.ts";

describe("the backups client", () => {
    let wire: Wire;
    let backups: BackupsClient;
    beforeEach(async () => {
        wire = await openWire();
        backups = backupsClient(connectionTo(wire).connection, "eu-de");
    });
    afterEach(async () => {
        await wire.close();
        assert.ok(wire.requests.every((request) => verifies(request, accessKey, secretKey, ["x-project-id"])));
    });

    const lines = () => wire.requests.map((request) => `${request.method} ${request.url}`);

    it("reads a backup of CBR", async () => {
        wire.play({ body: { backup: cbrBackup } });
        assert.deepEqual(await backups.backup({ kind: "cbr", id: backupId }), {
            id: backupId,
            kind: "cbr",
            status: "available",
            restoreMode: "backup",
            availabilityZone: "eu-de-01",
            serverId,
            vaultId: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
            imageIds: [imageId],
            disks: [
                { volumeId: "vol-system", sizeGiB: 40, bootable: true, snapshotId: "snap-system" },
                { volumeId: "vol-data", sizeGiB: 100, bootable: false, snapshotId: "snap-data" },
            ],
            createdAt: "2019-05-10T07:59:12.085+00:00",
            checkpointId: "8b0851a8-adf3-4f4c-a914-dead08bf9664",
        });
        assert.deepEqual(lines(), [`GET /v3/${projectId}/backups/${backupId}`]);
    });

    it("reads a backup of CSBS in the same form", async () => {
        wire.play({ body: { checkpoint_item: csbsBackup } });
        assert.deepEqual(await backups.backup({ kind: "csbs", id: csbsBackup.id }), {
            id: "7b99acfd-18c3-4f26-9d39-b4ebd2ea3e12",
            kind: "csbs",
            status: "available",
            restoreMode: "backup",
            availabilityZone: "eu-de-02",
            serverId: "f8ddc472-cf00-4384-851e-5f2a68c33762",
            imageIds: [],
            disks: [
                {
                    volumeId: "c14856d0-07e8-453b-a442-444086cbad04",
                    sizeGiB: 24,
                    bootable: true,
                    snapshotId: "c18513c3-1ab9-46e3-979b-7cad7c52e516",
                },
            ],
            createdAt: "2018-08-14T07:53:15.663766",
            checkpointId: "2eefe592-8424-4778-8d0d-962c8a5dd6a4",
        });
        assert.deepEqual(lines(), [`GET /v1/${projectId}/checkpoint_items/${csbsBackup.id}`]);
    });

    it("a backup that is still protecting may lack its details", async () => {
        const young = { id: "b1", resource_id: serverId, status: "protecting", extend_info: {}, children: null };
        wire.play({ body: { backup: young } });
        const backup = await backups.backup({ kind: "cbr", id: "b1" });
        assert.deepEqual([backup?.restoreMode, backup?.disks, backup?.imageIds], ["na", [], []]);
    });

    it("a missing backup is undefined, in both services", async () => {
        wire.play(
            { status: 404, body: { error_code: "BackupService.0010", error_msg: "not found" } },
            { status: 400, body: { error_code: "CSBS.3001", error_msg: "not found" } },
        );
        assert.equal(await backups.backup({ kind: "cbr", id: "b1" }), undefined);
        assert.equal(await backups.backup({ kind: "csbs", id: "b1" }), undefined);
    });

    it("lists the backups of a server, all pages", async () => {
        const many = Array.from({ length: 100 }, () => cbrBackup);
        wire.play(
            { body: { backups: many, count: 101 } },
            { body: { backups: [cbrBackup], count: 101 } },
            { body: { checkpoint_items: [csbsBackup], checkpoint_items_links: [] } },
        );
        assert.equal((await backups.listBackups({ kind: "cbr", serverId })).length, 101);
        assert.equal((await backups.listBackups({ kind: "csbs", serverId })).length, 1);
        assert.deepEqual(
            wire.requests.map(({ path, query }) => [path, query.resource_id, query.offset]),
            [
                [`/v3/${projectId}/backups`, serverId, "0"],
                [`/v3/${projectId}/backups`, serverId, "100"],
                [`/v1/${projectId}/checkpoint_items`, serverId, "0"],
            ],
        );
    });

    it("deletes from CBR by the backup's id, and a missing backup is not an error", async () => {
        wire.play({ status: 204 }, { status: 404, body: { error_code: "BackupService.0010", error_msg: "gone" } });
        await backups.deleteBackup({ kind: "cbr", id: backupId });
        await backups.deleteBackup({ kind: "cbr", id: backupId });
        assert.deepEqual(lines(), Array(2).fill(`DELETE /v3/${projectId}/backups/${backupId}`));
    });

    it("deletes from CSBS by the checkpoint's id, which it reads first", async () => {
        wire.play({ body: { checkpoint_item: csbsBackup } }, { body: {} });
        await backups.deleteBackup({ kind: "csbs", id: csbsBackup.id });
        const provider = "fc4d5750-22e7-4798-8a46-f48f62c4c1da";
        const checkpoint = `/v1/${projectId}/providers/${provider}/checkpoints/${csbsBackup.checkpoint_id}`;
        assert.deepEqual(lines(), [
            `GET /v1/${projectId}/checkpoint_items/${csbsBackup.id}`,
            `DELETE ${checkpoint}?checkpoint_items=${csbsBackup.id}`,
        ]);
    });

    it("the refusal to delete a backup of an existing image keeps the cloud's own code", async () => {
        wire.play({ status: 400, body: { error_code: "BackupService.6204", error_msg: "used by an image" } });
        await assert.rejects(backups.deleteBackup({ kind: "cbr", id: backupId }), {
            code: "BackupService.6204",
            message: "CBR DeleteBackup: used by an image (BackupService.6204)",
        });
    });

    it("creates, reads and lists vaults", async () => {
        const billing = { status: "available", object_type: "server", protect_type: "backup", size: 100, used: 0 };
        const vault = { id: "v1", name: "images", billing, resources: [{ id: serverId, type: "OS::Nova::Server" }] };
        const read = {
            id: "v1",
            name: "images",
            status: "available",
            objectType: "server",
            protectType: "backup",
            sizeGiB: 100,
            used: 0,
            allocated: undefined,
            serverIds: [serverId],
        };
        wire.play({ body: { vault } }, { body: { vault } }, { body: { vaults: [vault], count: 1 } });
        assert.deepEqual(await backups.createVault({ name: "images", sizeGiB: 100, serverIds: [serverId] }), read);
        assert.deepEqual(await backups.vault("v1"), read);
        assert.deepEqual(await backups.vaults(), [read]);
        const [created] = wire.requests;
        assert.deepEqual(created && json(created), {
            vault: {
                name: "images",
                billing: {
                    cloud_type: "public",
                    consistent_level: "crash_consistent",
                    object_type: "server",
                    protect_type: "backup",
                    size: 100,
                    charging_mode: "post_paid",
                },
                resources: [{ id: serverId, type: "OS::Nova::Server" }],
            },
        });
    });
});

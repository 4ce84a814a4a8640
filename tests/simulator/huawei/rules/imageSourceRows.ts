import type { imageSourceRules } from "../../../../provider/dist/simulator/huawei/ims/imageRules.js";
import { backups } from "../../../../provider/dist/simulator/huawei/models/backup.js";
import { servers } from "../../../../provider/dist/simulator/huawei/models/server.js";
import { vaults } from "../../../../provider/dist/simulator/huawei/models/vault.js";
import { defaultWorld } from "../../../../provider/dist/simulator/worlds/world.js";
import { type Bench, golden } from "../client.ts";
import { diskAndFileRows } from "./diskAndFileRows.ts";
import type { RowsOf } from "./row.ts";
import {
    aBackup,
    aCsbsBackup,
    aServerWithoutDisks,
    aVault,
    csbs,
    fromServer,
    power,
    storeOf,
    systemImagesPath,
    wholeImagesPath,
} from "./scene.ts";

const order = ({ golden: client }: Bench, changes: Record<string, unknown> = {}) =>
    client.post(wholeImagesPath, { ...fromServer, ...changes });

const fromBackup = ({ golden: client }: Bench, backupId: string, type?: "CBR" | "CSBS") =>
    client.post(wholeImagesPath, { name: "image", backup_id: backupId, whole_image_type: type });

const powerFails = { ...defaultWorld, huawei: { ...defaultWorld.huawei, powerDuringImage: "failImage" as const } };

export const imageSourceRows: RowsOf<typeof imageSourceRules> = {
    ...diskAndFileRows,
    serverIdMissing: {
        says: "400 IMG.0012 The ECS ID is not specified.",
        by: (bench) => order(bench, { instance_id: undefined }),
    },
    serverMissing: {
        says: "400 IMG.0005 The ECS does not exist.",
        by: (bench) => order(bench, { instance_id: "none" }),
    },
    serverBusy: {
        says: "400 IMG.0010 The ECS cannot be used to create an image because it has in-progress tasks.",
        by: async (bench) => {
            await power(bench, "os-stop");
            return order(bench);
        },
    },
    serverNotStopped: {
        says: "400 IMG.0008 The ECS cannot be used to create images because it is not in stopped state.",
        by: (bench) => {
            storeOf(bench).change(servers, golden.server, { status: "ERROR" });
            return bench.golden.post(systemImagesPath, fromServer);
        },
    },
    serverState: {
        says: "400 IMG.0126 The VM in the current stage cannot be used to create a full-ECS image.",
        by: (bench) => {
            storeOf(bench).change(servers, golden.server, { status: "ERROR" });
            return order(bench);
        },
    },
    serverBackedUp: {
        says: "400 IMG.0136 Failed to create a full-ECS image because the ECS is being backed up.",
        by: async (bench) => {
            await order(bench);
            return order(bench);
        },
    },
    noSystemDisk: {
        says: "400 IMG.0119 The VM does not have a system disk.",
        by: async (bench) => order(bench, { instance_id: await aServerWithoutDisks(bench) }),
    },
    powerChanged: {
        says: "FAIL IMG.0126 The ECS was started or stopped while the full-ECS image was being created.",
        options: { world: powerFails },
        by: async (bench) => {
            const { body } = await order(bench);
            await power(bench, "os-stop");
            bench.seconds(500);
            return bench.golden.get(`/v1/{pid}/jobs/${body.job_id}`);
        },
    },
    backupMissing: {
        says: "400 IMG.0020 The backup does not exist.",
        by: (bench) => fromBackup(bench, "none", "CBR"),
    },
    csbsBackupMissing: {
        says: "400 IMG.0127 The CSBS backup does not exist.",
        by: (bench) => fromBackup(bench, "none", "CSBS"),
    },
    backupUnavailable: {
        says: "400 IMG.0032 The backup is unavailable.",
        by: async (bench) => fromBackup(bench, await aBackup(bench, 0), "CBR"),
    },
    csbsBackupState: {
        says: "400 IMG.0132 The CSBS backup in the current state cannot be used to create a full-ECS image.",
        options: csbs,
        by: async (bench) => fromBackup(bench, (await aCsbsBackup(bench, 0)).id),
    },
    backupWithoutSystemDisk: {
        says: "400 IMG.0033 The backup is not a system disk backup.",
        by: async (bench) => {
            const id = await aBackup(bench);
            const disks = storeOf(bench)
                .get(backups, id)
                ?.disks.filter(({ bootable }) => !bootable);
            storeOf(bench).change(backups, id, { disks });
            return fromBackup(bench, id, "CBR");
        },
    },
    backupTypeMismatch: {
        says: "400 IMG.0198 Backup ID does not match the backup type or does not exist.",
        by: async (bench) => fromBackup(bench, await aBackup(bench), "CSBS"),
    },
    backupHasImage: {
        says: "400 IMG.0029 The backup in the request has already been used to create an image.",
        by: async (bench) => {
            const id = await aBackup(bench);
            await fromBackup(bench, id, "CBR");
            return fromBackup(bench, id, "CBR");
        },
    },
    csbsBackupHasImage: {
        says: "400 IMG.0134 The CSBS backup has been registered as an image.",
        options: csbs,
        by: async (bench) => {
            const { id } = await aCsbsBackup(bench);
            await fromBackup(bench, id);
            return fromBackup(bench, id);
        },
    },
    cbrUnsupported: {
        says: "400 IMG.0180 CBR does not support full-ECS image creation.",
        options: csbs,
        by: (bench) => fromBackup(bench, "none", "CBR"),
    },
    vaultCapacity: {
        says: "400 IMG.0182 Insufficient vault capacity. Please expand the capacity.",
        by: async (bench) => order(bench, { vault_id: await aVault(bench, { size: 100 }) }),
    },
    vaultOfAnother: {
        says: "400 IMG.0183 The ECS can only be associated with one vault.",
        by: async (bench) => {
            await aVault(bench, {}, [golden.server]);
            return order(bench);
        },
    },
    vaultMissing: {
        says: "400 IMG.0184 Failed to obtain the vault.",
        by: (bench) => order(bench, { vault_id: "none" }),
    },
    vaultUnavailable: {
        says: "400 IMG.0188 Vault is unavailable.",
        by: (bench) => {
            storeOf(bench).change(vaults, golden.vault, { status: "lock" });
            return order(bench);
        },
    },
    vaultType: {
        says: "400 IMG.0193 The vault is not a cloud server backup vault.",
        by: async (bench) => order(bench, { vault_id: await aVault(bench, { object_type: "disk" }) }),
    },
};

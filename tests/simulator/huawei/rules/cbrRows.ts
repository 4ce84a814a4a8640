import type { cbrRules } from "../../../../provider/dist/simulator/huawei/backups/backupRules.js";
import { servers } from "../../../../provider/dist/simulator/huawei/models/server.js";
import { vaults } from "../../../../provider/dist/simulator/huawei/models/vault.js";
import { type Bench, golden, partner, wholeImage } from "../client.ts";
import type { RowsOf } from "./row.ts";
import { aBackup, backUp, csbs, power, protect, storeOf } from "./scene.ts";

const vault = `/v3/{pid}/vaults/${golden.vault}`;

const share = ({ golden: client }: Bench, backupId: string, member: string) =>
    client.post(`/v3/{pid}/backups/${backupId}/members`, { members: [member] });

async function thatIsBoundAnd(bench: Bench, change: () => unknown) {
    await protect(bench);
    await change();
    return backUp(bench);
}

export const cbrRows: RowsOf<typeof cbrRules> = {
    malformedBody: {
        says: "400 BackupService.9900 Parameter verification failed.",
        by: ({ golden: client }) => client.post("/v3/{pid}/vaults", {}),
    },
    projectMismatch: {
        says: "403 BackupService.9998 Authentication failed.",
        by: ({ golden: client }) => client.get(`/v3/${partner.project}/vaults`),
    },
    vaultMissing: {
        says: "404 BackupService.6105 The vault does not exist.",
        by: ({ golden: client }) => client.get("/v3/{pid}/vaults/none"),
    },
    vaultResourceType: {
        says: "400 BackupService.6102 The vault does not support this resource type.",
        by: ({ golden: client }) =>
            client.post(`${vault}/addresources`, { resources: [{ id: "none", type: "OS::Cinder::Volume" }] }),
    },
    alreadyInVault: {
        says: "400 BackupService.6103 The resource has been associated with a vault.",
        by: async (bench) => {
            await protect(bench);
            return protect(bench);
        },
    },
    notInVault: {
        says: "400 BackupService.6135 The resource does not exist in the vault.",
        by: ({ golden: client }) =>
            client.post("/v3/{pid}/checkpoints", {
                checkpoint: { vault_id: golden.vault, parameters: { resources: [golden.server] } },
            }),
    },
    vaultCapacity: {
        says: "400 BackupService.6114 The used capacity of the vault exceeds the maximum capacity.",
        by: (bench) => thatIsBoundAnd(bench, () => bench.golden.put(vault, { vault: { billing: { size: 100 } } })),
    },
    vaultSize: {
        says: "400 BackupService.6101 Invalid vault capacity.",
        by: ({ golden: client }) => client.put(vault, { vault: { billing: { size: 0 } } }),
    },
    vaultStatus: {
        says: "400 BackupService.6113 Backup is not allowed in the current vault status.",
        by: (bench) => thatIsBoundAnd(bench, () => storeOf(bench).change(vaults, golden.vault, { status: "lock" })),
    },
    vaultHasImages: {
        says: "400 BackupService.6111 The vault cannot be deleted. A backup in it has been used to create an image.",
        by: async (bench) => {
            await wholeImage(bench);
            return bench.golden.del(vault);
        },
    },
    serverMissing: {
        says: "404 BackupService.7100 The server does not exist.",
        by: (bench) => protect(bench, "none"),
    },
    serverState: {
        says: "400 BackupService.6215 Backup is not allowed in the current resource status.",
        by: (bench) => thatIsBoundAnd(bench, () => storeOf(bench).change(servers, golden.server, { status: "ERROR" })),
    },
    inProgress: {
        says: "400 BackupService.6125 A backup task is in progress.",
        by: (bench) => thatIsBoundAnd(bench, () => power(bench, "os-stop")),
    },
    backupMissing: {
        says: "404 BackupService.6200 The backup does not exist.",
        by: ({ golden: client }) => client.get("/v3/{pid}/backups/none"),
    },
    checkpointMissing: {
        says: "404 BackupService.6217 The backup restore point does not exist.",
        by: ({ golden: client }) => client.get("/v3/{pid}/checkpoints/none"),
    },
    performingBackup: {
        says: "400 BackupService.6203 Performing backups.",
        by: async (bench) => bench.golden.del(`/v3/{pid}/backups/${await aBackup(bench, 0)}`),
    },
    usedByImage: {
        says: "400 BackupService.6204 The backup cannot be deleted because it has been used to create an image.",
        by: async (bench) => bench.golden.del(`/v3/{pid}/backups/${(await wholeImage(bench)).backupId}`),
    },
    notInThisProfile: {
        says: "400 BackupService.6124 Backup is not allowed for the current type of vaults.",
        options: csbs,
        by: (bench) => backUp(bench),
    },
    shareWithYourself: {
        says: "400 BackupService.6702 The backup cannot be shared with this project.",
        by: async (bench) => share(bench, await aBackup(bench), golden.project),
    },
    shareState: {
        says: "400 BackupService.6703 The backup in the current state cannot be shared.",
        by: async (bench) => share(bench, await aBackup(bench, 0), partner.project),
    },
    memberMissing: {
        says: "404 BackupService.6704 The member does not exist.",
        by: async (bench) => bench.golden.del(`/v3/{pid}/backups/${await aBackup(bench)}/members/${partner.project}`),
    },
    operationMissing: {
        says: "404 BackupService.6218 The task does not exist.",
        by: ({ golden: client }) => client.get("/v3/{pid}/operation-logs/none"),
    },
};

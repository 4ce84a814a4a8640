import type { csbsRules } from "../../../../provider/dist/simulator/huawei/backups/backupRules.js";
import { servers } from "../../../../provider/dist/simulator/huawei/models/server.js";
import { volumes } from "../../../../provider/dist/simulator/huawei/models/volume.js";
import { golden, partner, wholeImage } from "../client.ts";
import type { RowsOf } from "./row.ts";
import { aCsbsBackup, aServerWithoutDisks, backUpWithCsbs, csbs, csbsPath, disksOf, power, storeOf } from "./scene.ts";

export const csbsRows: RowsOf<typeof csbsRules> = {
    malformedBody: {
        says: "400 CSBS.9001 provider invalid",
        options: csbs,
        by: ({ golden: client }) => client.post(`${csbsPath}/resources/${golden.server}/action`, {}),
    },
    projectMismatch: {
        says: "403 BackupService.9998 Authentication failed.",
        by: ({ golden: client }) => client.get(`/v1/${partner.project}/checkpoint_items`),
    },
    providerInvalid: {
        says: "400 CSBS.9001 provider invalid",
        options: csbs,
        by: ({ golden: client }) =>
            client.post(`/v1/{pid}/providers/none/resources/${golden.server}/action`, { protect: {} }),
    },
    resourceType: {
        says: "400 CSBS.9001 resource_type must be OS::Nova::Server",
        options: csbs,
        by: ({ golden: client }) =>
            client.post(`${csbsPath}/resources/${golden.server}/action`, {
                protect: { resource_type: "OS::Cinder::Volume" },
            }),
    },
    serverMissing: {
        says: "400 CSBS.6000 server do not exist",
        options: csbs,
        by: (bench) => backUpWithCsbs(bench, "none"),
    },
    serverState: {
        says: "400 CSBS.6006 The status of the server is not allowed to protect.",
        options: csbs,
        by: (bench) => {
            storeOf(bench).change(servers, golden.server, { status: "ERROR" });
            return backUpWithCsbs(bench);
        },
    },
    inService: {
        says: "400 CSBS.6005 The server is already in service.",
        options: csbs,
        by: async (bench) => {
            await power(bench, "os-stop");
            return backUpWithCsbs(bench);
        },
    },
    noVolume: {
        says: "400 CSBS.6007 No volume attached to the server for protect.",
        options: csbs,
        by: async (bench) => backUpWithCsbs(bench, await aServerWithoutDisks(bench)),
    },
    shareableVolume: {
        says: "400 CSBS.6010 The server has shareable volumes and is not allowed to protect.",
        options: csbs,
        by: async (bench) => {
            const [, data = ""] = await disksOf(bench, golden.server);
            storeOf(bench).change(volumes, data, { multiattach: true });
            return backUpWithCsbs(bench);
        },
    },
    itemMissing: {
        says: "404 CSBS.3001 Checkpoint_item is not found.",
        options: csbs,
        by: ({ golden: client }) => client.get("/v1/{pid}/checkpoint_items/none"),
    },
    itemExecuting: {
        says: "400 CSBS.2003 item in executing",
        options: csbs,
        by: async (bench) => bench.golden.del(`${csbsPath}/checkpoints/${(await aCsbsBackup(bench, 0)).checkpoint_id}`),
    },
    usedByImage: {
        says: "400 CSBS.8007 The backup has register to image, can't be delete",
        options: csbs,
        by: async (bench) => {
            const { backupId } = await wholeImage(bench, { vault_id: undefined });
            const { body } = await bench.golden.get(`/v1/{pid}/checkpoint_items/${backupId}`);
            return bench.golden.del(`${csbsPath}/checkpoints/${body.checkpoint_item.checkpoint_id}`);
        },
    },
    closedForNew: {
        says: "400 BackupService.4008 New project are not allowed to use old services.",
        by: (bench) => backUpWithCsbs(bench),
    },
};

import type { diskRules } from "../../../../provider/dist/simulator/huawei/evs/diskRules.js";
import { type Bench, golden, partner } from "../client.ts";
import type { RowsOf } from "./row.ts";
import { aDisk, disksOf } from "./scene.ts";

const volumes = "/v2/{pid}/cloudvolumes";
const snapshots = "/v2/{pid}/cloudsnapshots";

const create = ({ golden: client }: Bench, changes: Record<string, unknown>) =>
    client.post(volumes, { volume: { availability_zone: "eu-de-01", volume_type: "SSD", size: 10, ...changes } });

const snapshot = ({ golden: client }: Bench, volumeId: string) =>
    client.post(snapshots, { snapshot: { volume_id: volumeId } });

export const diskRows: RowsOf<typeof diskRules> = {
    malformedBody: {
        says: "400 EVS.5400 Malformed request body.",
        by: ({ golden: client }) => client.post(volumes, {}),
    },
    projectMismatch: {
        says: "400 EVS.0001 invalid tenant id!",
        by: ({ golden: client }) => client.get(`/v2/${partner.project}/cloudvolumes`),
    },
    missing: {
        says: "404 EVS.5404 Volume cound not be found.",
        by: ({ golden: client }) => client.get(`${volumes}/none`),
    },
    snapshotMissing: {
        says: "404 EVS.5404 Snapshot could not be found.",
        by: ({ golden: client }) => client.get(`${snapshots}/none`),
    },
    type: {
        says: "400 EVS.1020 invalid volume type!",
        by: (bench) => create(bench, { volume_type: "TAPE" }),
    },
    zone: {
        says: "400 EVS.1036 invalid availability zone!",
        by: (bench) => create(bench, { availability_zone: "eu-nl-01" }),
    },
    blankOnly: {
        says: "403 EVS.5403 Policy check failed. Only blank disks can be created.",
        by: (bench) => create(bench, { imageRef: "none" }),
    },
    deleteStatus: {
        says: "400 EVS.1046 volume status must be available, error, error_extending, error_restoring, error_rollbacking when delete volume!",
        by: async (bench) => {
            const [system = ""] = await disksOf(bench, golden.server);
            return bench.golden.del(`${volumes}/${system}`);
        },
    },
    hasSnapshots: {
        says: "400 EVS.1046 The volume has snapshots.",
        by: async (bench) => {
            const id = await aDisk(bench);
            await snapshot(bench, id);
            return bench.golden.del(`${volumes}/${id}`);
        },
    },
    snapshotState: {
        says: "400 EVS.1048 The volume or snapshot is in a state that does not allow this.",
        by: async (bench) => {
            const { body } = await bench.golden.post(volumes, {
                volume: { availability_zone: "eu-de-01", volume_type: "SSD", size: 10 },
            });
            return snapshot(bench, body.volume_ids[0]);
        },
    },
};

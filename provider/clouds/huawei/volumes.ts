import { z } from "zod";
import { flag, list, number, optionalText, text } from "../answerFields";
import type { HuaweiConnection } from "./connection";
import { isGone } from "./failures";
import { jobQuery, startedJob } from "./jobs";
import { openRest, path } from "./rest";

// Source: docs/reference/huawei-servers.md#evs-disks.
const volume = z
    .object({
        volume: z.object({
            id: text,
            name: optionalText,
            status: text,
            size: number,
            bootable: flag,
            availability_zone: optionalText,
            volume_type: optionalText,
            multiattach: flag,
            snapshot_id: optionalText,
            attachments: list(z.object({ server_id: optionalText, device: optionalText })),
        }),
    })
    .transform(({ volume: found }) => ({
        id: found.id,
        name: found.name,
        /** available, in-use, creating, deleting, backing-up, uploading, downloading, error, ... */
        status: found.status,
        sizeGiB: found.size,
        bootable: found.bootable,
        availabilityZone: found.availability_zone,
        volumeType: found.volume_type,
        multiattach: found.multiattach,
        snapshotId: found.snapshot_id,
        attachments: found.attachments.map(({ server_id, device }) => ({ serverId: server_id, device })),
    }));

export type HuaweiVolume = z.output<typeof volume>;
export type VolumesClient = ReturnType<typeof volumesClient>;

/** Elastic Volume Service in one region. @throws CloudError from every method */
export function volumesClient(connection: HuaweiConnection, region: string) {
    const rest = openRest(connection, "evs", region);
    return {
        ...jobQuery(rest),

        /** One disk; undefined if it does not exist (any more). */
        async volume(volumeId: string): Promise<HuaweiVolume | undefined> {
            try {
                return await rest.ask({
                    operation: "ShowVolume",
                    method: "GET",
                    path: path`/v2/{project_id}/cloudvolumes/${volumeId}`,
                    answer: volume,
                    idempotent: true,
                });
            } catch (error) {
                if (isGone(error)) return undefined;
                throw error;
            }
        },

        /** Deletes a detached disk and returns the job's id. @throws CloudError `isGone` if it does not exist */
        deleteVolume: (volumeId: string): Promise<string> =>
            rest.ask({
                operation: "DeleteVolume",
                method: "DELETE",
                path: path`/v2/{project_id}/cloudvolumes/${volumeId}`,
                answer: startedJob,
                idempotent: true,
            }),
    };
}

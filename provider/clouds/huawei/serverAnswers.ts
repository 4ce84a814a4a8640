import { z } from "zod";
import { flag, list, number, optionalText, text } from "../answerFields";

const volume = z
    .object({
        id: text,
        device: optionalText,
        bootIndex: optionalText,
        delete_on_termination: flag,
    })
    .transform((found) => ({
        volumeId: found.id,
        device: found.device,
        /** Whether it is the system disk. */
        bootable: found.bootIndex === "0",
        deleteOnTermination: found.delete_on_termination,
    }));

const address = z
    .object({ addr: text, "OS-EXT-IPS:type": optionalText })
    .transform((found) => ({ address: found.addr, floating: found["OS-EXT-IPS:type"] === "floating" }));

/** "key=value" or "key". */
const tags = list(z.string()).transform(
    (found): Record<string, string> =>
        Object.fromEntries(
            found.map((tag) => {
                const at = tag.indexOf("=");
                return at < 0 ? [tag, ""] : [tag.slice(0, at), tag.slice(at + 1)];
            }),
        ),
);

// Source: docs/reference/huawei-servers.md#server-fields.
export const server = z
    .object({
        id: text,
        name: optionalText,
        status: text,
        created: optionalText,
        key_name: optionalText,
        flavor: z.object({ id: optionalText }).nullish(),
        image: z.object({ id: optionalText }).nullish().catch(undefined),
        metadata: z.record(z.string(), z.unknown()).nullish(),
        "OS-EXT-STS:task_state": optionalText,
        "OS-EXT-AZ:availability_zone": optionalText,
        "os-extended-volumes:volumes_attached": list(volume),
        addresses: z.record(z.string(), z.array(address)).nullish(),
        tags,
    })
    .transform((found) => ({
        id: found.id,
        name: found.name,
        /** BUILD, ACTIVE, SHUTOFF, REBOOT, ERROR, DELETED, ... */
        status: found.status,
        /** What the server is busy with; undefined if it is idle. */
        taskState: found["OS-EXT-STS:task_state"],
        createdAt: found.created,
        keyName: found.key_name,
        flavorId: found.flavor?.id,
        imageId: found.image?.id ?? optionalText.catch(undefined).parse(found.metadata?.["metering.image_id"]),
        osType: optionalText.catch(undefined).parse(found.metadata?.os_type),
        availabilityZone: found["OS-EXT-AZ:availability_zone"],
        volumes: found["os-extended-volumes:volumes_attached"],
        addresses: Object.values(found.addresses ?? {}).flat(),
        tags: found.tags,
    }));

export type HuaweiServer = z.output<typeof server>;

export const serverPage = z.object({ servers: list(server) });

export const blockDevices = z
    .object({
        volumeAttachments: list(
            z
                .object({
                    volumeId: text,
                    device: optionalText,
                    size: number,
                    bootIndex: optionalText,
                    bus: optionalText,
                })
                .transform((found) => ({
                    volumeId: found.volumeId,
                    device: found.device,
                    sizeGiB: found.size,
                    /** Whether it is the system disk. */
                    bootable: found.bootIndex === "0",
                    bus: found.bus,
                })),
        ),
    })
    .transform((found) => found.volumeAttachments);

export type BlockDevice = z.output<typeof blockDevices>[number];

export const startedServers = z
    .object({ job_id: text, serverIds: list(text) })
    .transform(({ job_id, serverIds }) => ({ jobId: job_id, serverIds }));

// Open Telekom Cloud, ECS API reference, Querying Details About an ECS Flavor (native OpenStack).
export const flavor = z
    .object({ flavor: z.object({ id: text, vcpus: number, ram: number }) })
    .transform(({ flavor: found }) => ({ id: found.id, vcpus: found.vcpus, ramMiB: found.ram }));

export type HuaweiFlavor = z.output<typeof flavor>;

import { z } from "zod";
import { cloudName, imageArguments, imageKeys } from "./arguments";
import { argument, text } from "./values";

const memory = (which: string) => argument(z.int()).optional().describe(`Huawei Cloud: ${which}, MiB.`);

export const customImage = z
    .strictObject({
        kind: z.literal("CustomImage").describe("An image of one server's system disk."),
        cloud: cloudName(),
        source: z
            .union(
                [
                    z.strictObject({
                        server: text().describe("Id of a server in the image's region."),
                        dataDisk: argument(z.boolean())
                            .optional()
                            .describe("Alibaba Cloud: take the data disk's content too. Default false."),
                    }),
                    z.strictObject({
                        snapshot: text().describe(
                            "Alibaba Cloud: id of a finished snapshot of a system disk; it stays.",
                        ),
                        dataSnapshot: text()
                            .optional()
                            .describe("Id of a finished snapshot of the same server's data disk."),
                    }),
                ],
                { error: "must be { server } or { snapshot }" },
            )
            .describe("What the image is taken from. Changing it makes a new image."),
        copies: z.array(z.string().min(1)).optional().describe("Alibaba Cloud: region ids to copy the image to."),
        minRamMiB: memory("least memory of a server from the image"),
        maxRamMiB: memory("most memory of a server from the image"),
        ...imageKeys,
        ...imageArguments,
    })
    .describe("An image of one server's disk, by CustomImage.");

export const fullEcsImage = z
    .strictObject({
        kind: z.literal("FullEcsImage").describe("An image of a whole Huawei Cloud server with its data disks."),
        cloud: cloudName(),
        source: z
            .union(
                [
                    z.strictObject({ server: text().describe("Id of a running or stopped server.") }),
                    z.strictObject({ backup: text().describe("Id of a finished backup of a whole server; it stays.") }),
                ],
                { error: "must be { server } or { backup }" },
            )
            .describe("What the image is taken from. Changing it makes a new image."),
        vault: text().optional().describe('Id of the CBR vault that the backup goes to; needed with profile "cbr".'),
        minRamMiB: memory("least memory of a server from the image"),
        maxRamMiB: memory("most memory of a server from the image"),
        guest: z
            .strictObject({
                sanPolicy: z
                    .enum(["OnlineAll", "OfflineShared", "OfflineInternal"])
                    .optional()
                    .describe("Windows: the SAN policy, as diskpart's `san` shows it. Must be OnlineAll."),
                volumesAcrossDisks: z
                    .boolean()
                    .optional()
                    .describe("Whether a volume or volume group is on several disks. Must be false."),
            })
            .optional()
            .describe("What you know of the server's inside. The server's tags go before it."),
        preflight: argument(z.enum(["enforce", "warn"]))
            .optional()
            .describe("When servers from the image would lose disks: fail at preview, or go on. Default enforce."),
        ...imageKeys,
        ...imageArguments,
    })
    .describe("An image of a whole server, by FullEcsImage.");

export const ecsImage = z
    .strictObject({
        kind: z.literal("EcsImage").describe("An own image in Alibaba Cloud ECS, copied from one that ECS sees."),
        cloud: cloudName(),
        image: text().describe(
            "What is copied: `${images.NAME}` of an image that is shared with ECS or is an EcsImage, or an id.",
        ),
        to: z.string().min(1).optional().describe("Region id to copy to. Default the region of the image to copy."),
        encrypted: argument(z.boolean())
            .optional()
            .describe("Encrypt the copy with the account's key for ECS. Default as the image to copy is."),
        ...imageKeys,
        ...imageArguments,
    })
    .describe("An image in ECS, by EcsImage.");

export const image = z.discriminatedUnion("kind", [customImage, fullEcsImage, ecsImage]);

/** An image as the file declares it. */
export type DeclaredImage = z.output<typeof image>;

import { z } from "zod";
import { cloudName, imageArguments, imageKeys } from "./arguments";
import { argument, text } from "./values";

const memory = (limit: "minimum" | "maximum") =>
    argument(z.int())
        .optional()
        .describe(`Huawei Cloud: ${limit} memory of a server that is created from the image, in MiB.`);

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
                            .describe("Alibaba Cloud: include the data disk. Default: false."),
                    }),
                    z.strictObject({
                        snapshot: text().describe(
                            "Alibaba Cloud: id of a finished snapshot of a system disk. It is not deleted with the image.",
                        ),
                        dataSnapshot: text()
                            .optional()
                            .describe("Id of a finished snapshot of the same server's data disk."),
                    }),
                ],
                { error: "must be { server } or { snapshot }" },
            )
            .describe("What the image is created from. A change creates a new image."),
        copies: z.array(z.string().min(1)).optional().describe("Alibaba Cloud: region ids to copy the image to."),
        minRamMiB: memory("minimum"),
        maxRamMiB: memory("maximum"),
        ...imageKeys,
        ...imageArguments,
    })
    .describe("An image of one server's disk. Creates a CustomImage.");

export const fullEcsImage = z
    .strictObject({
        kind: z.literal("FullEcsImage").describe("An image of a whole Huawei Cloud server with its data disks."),
        cloud: cloudName(),
        source: z
            .union(
                [
                    z.strictObject({ server: text().describe("Id of a running or stopped server.") }),
                    z.strictObject({
                        backup: text().describe(
                            "Id of a finished backup of a whole server. It is not deleted with the image.",
                        ),
                    }),
                ],
                { error: "must be { server } or { backup }" },
            )
            .describe("What the image is created from. A change creates a new image."),
        vault: text().optional().describe('Id of the CBR vault for the backup. Required with profile "cbr".'),
        minRamMiB: memory("minimum"),
        maxRamMiB: memory("maximum"),
        guest: z
            .strictObject({
                sanPolicy: z
                    .enum(["OnlineAll", "OfflineShared", "OfflineInternal"])
                    .optional()
                    .describe("Windows: the SAN policy that diskpart's `san` command shows. Must be OnlineAll."),
                volumesAcrossDisks: z
                    .boolean()
                    .optional()
                    .describe("Whether a volume or volume group spans several disks. Must be false."),
            })
            .optional()
            .describe(
                "Facts about the server's disks that the cloud does not show. The server's tags take precedence.",
            ),
        preflight: argument(z.enum(["enforce", "warn"]))
            .optional()
            .describe(
                "If servers that are created from the image would lose disks: fail at preview, or only warn. Default: enforce.",
            ),
        ...imageKeys,
        ...imageArguments,
    })
    .describe("An image of a whole server. Creates a FullEcsImage.");

export const ecsImage = z
    .strictObject({
        kind: z.literal("EcsImage").describe("An own copy in Alibaba Cloud ECS of an image that ECS can see."),
        cloud: cloudName(),
        image: text().describe(
            "The image to copy: `${images.NAME}` of an image that is shared with ECS or is an EcsImage, or an id.",
        ),
        to: z.string().min(1).optional().describe("Region id to copy to. Default: the region of the image to copy."),
        encrypted: argument(z.boolean())
            .optional()
            .describe("Encrypt the copy with the account's key for ECS. Default: the same as the image to copy."),
        ...imageKeys,
        ...imageArguments,
    })
    .describe("An image in ECS. Creates an EcsImage.");

export const image = z.discriminatedUnion("kind", [customImage, fullEcsImage, ecsImage]);

/** An image in an environment file. */
export type DeclaredImage = z.output<typeof image>;

import { z } from "zod";
import { deleteProtection, duration, tags, timeouts } from "./arguments";
import { argument, name, setting, text } from "./values";

/** What the environment adds to every kind of server. */
const serverKeys = {
    image: text().describe(
        "What it starts from: `${images.NAME}`, then the image itself, its copy or its share as the server's place needs; or an id.",
    ),
    cloud: name.optional().describe("Which of the file's clouds it is in. Default that of the image."),
    region: z
        .string()
        .min(1)
        .optional()
        .describe("Region id, when it is another than that of the cloud: the image needs a copy there."),
    count: setting(z.int().min(0).max(100))
        .optional()
        .describe("How many, called NAME-1, NAME-2 and so on. Default one, called NAME."),
    imageVersion: setting(z.enum(["current", "previous"]))
        .optional()
        .describe(
            "Which of the versions that the image's keepVersions keeps: previous goes back to the one before the last change, as long as there is one. Default current.",
        ),
    onImageChange: setting(z.enum(["replace", "reset-system", "ignore"]))
        .optional()
        .describe(
            "When the image becomes another: new servers, the system disk of each wiped in place, or nothing. Default replace.",
        ),
    confirmWipe: z
        .literal(true)
        .optional()
        .describe("Must be stated with reset-system: everything on the system disks is lost."),
    rollout: z
        .strictObject({
            batch: setting(z.int().min(1)).describe(
                "How many servers are made or wiped at once; the next wait for them.",
            ),
            pause: duration().describe(
                'How long the next batch waits after a change of the servers before it, such as "5m". Not when they are made for the first time, nor when the pause itself is new. Default not at all.',
            ),
        })
        .optional()
        .describe("The order among servers of the same name. Default all at once."),
};

const serverArguments = {
    name: text()
        .optional()
        .describe("The name in the cloud; with count, a number is added. Default the resource's name with a suffix."),
    tags,
    deleteProtection,
    timeouts,
};

export const simpleServer = z
    .strictObject({
        kind: z.literal("SimpleServer").describe("A Simple Application Server (Alibaba Cloud SWAS)."),
        plan: text().describe("Plan id, as ListPlans gives it. Changing it makes a new server."),
        months: argument(z.literal([1, 3, 6, 12, 24, 36]))
            .optional()
            .describe("Months paid in advance: 1, 3, 6, 12, 24 or 36. Default 1."),
        dataDiskGiB: argument(z.int())
            .optional()
            .describe("GiB, a multiple of 20 up to 16380. Changing it makes a new server. Default none."),
        onDelete: z
            .strictObject({ refund: argument(z.boolean()).optional().describe("Give the server back for a refund.") })
            .optional()
            .describe("How the server goes: the cloud can only refund it, and without refund a delete fails."),
        ...serverKeys,
        ...serverArguments,
    })
    .describe("Simple Application Servers, by SimpleServer.");

export const ecsInstance = z
    .strictObject({
        kind: z.literal("EcsInstance").describe("An Alibaba Cloud ECS instance."),
        instanceType: text().describe('For example "ecs.g7.large". Changing it makes a new instance.'),
        securityGroup: text().describe("Id of the security group."),
        vSwitch: text().describe("Id of the VSwitch, which names the zone and the VPC."),
        systemDiskGiB: argument(z.int())
            .optional()
            .describe("GiB, not less than the image. Default the image's, at least 40."),
        ...serverKeys,
        ...serverArguments,
    })
    .describe("ECS instances, by EcsInstance.");

export const huaweiServer = z
    .strictObject({
        kind: z.literal("HuaweiServer").describe("A Huawei Cloud or Open Telekom Cloud server."),
        flavor: text().describe('For example "s3.large.2". Changing it makes a new server.'),
        vpc: text().describe("Id of the VPC."),
        subnet: text().describe("Id of the subnet."),
        systemDisk: z
            .strictObject({
                type: z.string().min(1).describe('For example "SSD".'),
                sizeGiB: z.int().optional().describe("GiB. Default the image's."),
            })
            .optional()
            .describe('Default type "SSD" with the image\'s size.'),
        availabilityZone: text().optional().describe("Default where the image is available, else chosen by the cloud."),
        onDelete: z
            .strictObject({
                dataDisks: z.enum(["delete", "retain"]).optional().describe("Default delete."),
            })
            .optional()
            .describe("What happens to the data disks."),
        ...serverKeys,
        ...serverArguments,
    })
    .describe("Huawei Cloud servers, by HuaweiServer.");

export const server = z.discriminatedUnion("kind", [simpleServer, ecsInstance, huaweiServer]);

/** Servers as the file declares them. */
export type DeclaredServer = z.output<typeof server>;

import { z } from "zod";
import { deleteProtection, duration, tags, timeouts } from "./arguments";
import { argument, name, setting, text } from "./values";

/** Keys that the environment adds to every kind of server. */
const serverKeys = {
    image: text().describe(
        "The image of the server: an id, or `${images.NAME}`, which stands for the image, its copy in the server's region, or its share with the server's account.",
    ),
    cloud: name.optional().describe("The server's cloud: a name in this file's `clouds`. Default: the image's cloud."),
    region: z
        .string()
        .min(1)
        .optional()
        .describe("Region id, if it differs from the region of the cloud. The image must have a copy there."),
    count: setting(z.int().min(0).max(100))
        .optional()
        .describe("How many servers, named NAME-1, NAME-2 and so on. Default: one, named NAME."),
    imageVersion: setting(z.enum(["current", "previous"]))
        .optional()
        .describe(
            "The version of the image, which must set keepVersions: `previous` is the image before the last replacement, or the current image if none was replaced. Default: current.",
        ),
    onImageChange: setting(z.enum(["replace", "reset-system", "ignore"]))
        .optional()
        .describe(
            "If the image changes: replace the servers, wipe the system disk of each in place, or leave them unchanged. Default: replace.",
        ),
    confirmWipe: z
        .literal(true)
        .optional()
        .describe("Required with reset-system: confirms that all data on the system disks is lost."),
    rollout: z
        .strictObject({
            batch: setting(z.int().min(1)).describe(
                "How many servers are created or wiped at once. The next batch waits for them.",
            ),
            pause: duration().describe(
                'How long the next batch waits after the servers before it have changed, for example "5m". There is no pause when the servers are created for the first time or the pause itself is new. Default: no pause.',
            ),
        })
        .optional()
        .describe("How a change reaches the servers of this name. Default: all at once."),
};

const serverArguments = {
    name: text()
        .optional()
        .describe(
            "The name in the cloud. With count, a number is appended. Default: the resource's name with a suffix.",
        ),
    tags,
    deleteProtection,
    timeouts,
};

export const simpleServer = z
    .strictObject({
        kind: z.literal("SimpleServer").describe("A Simple Application Server (Alibaba Cloud SWAS)."),
        plan: text().describe("Plan id from ListPlans. A change replaces the server."),
        months: argument(z.literal([1, 3, 6, 12, 24, 36]))
            .optional()
            .describe("Months paid in advance: 1, 3, 6, 12, 24 or 36. Default: 1."),
        dataDiskGiB: argument(z.int())
            .optional()
            .describe(
                "Size of the data disk in GiB, a multiple of 20 up to 16380. A change replaces the server. Default: none.",
            ),
        onDelete: z
            .strictObject({
                refund: argument(z.boolean())
                    .optional()
                    .describe("Refund the server, which deletes it. Default: false."),
            })
            .optional()
            .describe("How to delete the server. The cloud can only refund it: without refund, a deletion fails."),
        ...serverKeys,
        ...serverArguments,
    })
    .describe("Simple Application Servers. Creates SimpleServer resources.");

export const ecsInstance = z
    .strictObject({
        kind: z.literal("EcsInstance").describe("An Alibaba Cloud ECS instance."),
        instanceType: text().describe('Instance type, for example "ecs.g7.large". A change replaces the instance.'),
        securityGroup: text().describe("Id of the security group."),
        vSwitch: text().describe("Id of the VSwitch, which determines the zone and the VPC."),
        systemDiskGiB: argument(z.int())
            .optional()
            .describe("Size in GiB, at least that of the image. Default: the image's size, at least 40."),
        ...serverKeys,
        ...serverArguments,
    })
    .describe("ECS instances. Creates EcsInstance resources.");

export const huaweiServer = z
    .strictObject({
        kind: z.literal("HuaweiServer").describe("A Huawei Cloud or Open Telekom Cloud server."),
        flavor: text().describe('Flavor, for example "s3.large.2". A change replaces the server.'),
        vpc: text().describe("Id of the VPC."),
        subnet: text().describe("Id of the subnet."),
        systemDisk: z
            .strictObject({
                type: z.string().min(1).describe('Disk type, for example "SSD".'),
                sizeGiB: setting(z.int()).optional().describe("Size in GiB. Default: the image's size."),
            })
            .optional()
            .describe('The system disk. Default: type "SSD" with the image\'s size.'),
        availabilityZone: text()
            .optional()
            .describe(
                "Availability zone. Default: the zone of the image if it has one, otherwise chosen by the cloud.",
            ),
        onDelete: z
            .strictObject({
                dataDisks: z.enum(["delete", "retain"]).optional().describe("The data disks. Default: delete."),
            })
            .optional()
            .describe("What to do with the data disks when the server is deleted."),
        ...serverKeys,
        ...serverArguments,
    })
    .describe("Huawei Cloud servers. Creates HuaweiServer resources.");

export const server = z.discriminatedUnion("kind", [simpleServer, ecsInstance, huaweiServer]);

/** Servers in an environment file. */
export type DeclaredServer = z.output<typeof server>;

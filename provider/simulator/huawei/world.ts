import { z } from "zod";
import { type DurationName, durations } from "./durations";
import { worldProblems } from "./worldProblems";

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "must be a lower-case UUID");
const hexId = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hex digits");
const region = z.string().regex(/^[a-z]{2}-[a-z0-9-]+$/, 'must be a region such as "eu-de"');
const networkId = z.string().regex(/^[\w-]{1,64}$/, "must have 1 to 64 letters, digits, _ or -");
const sizeGiB = z.int().min(1).max(32_768);

const user = z.strictObject({
    id: hexId.optional().describe("default: derived from the name"),
    name: z.string().min(1),
    password: z.string().min(1).describe("for tokens; not a real password"),
    accessKeyId: z.string().min(1).describe("for signatures; not a real secret"),
    accessKeySecret: z.string().min(1),
});

const project = z.strictObject({ id: hexId, region }).describe("one project for each region, named like the region");

const server = z.strictObject({
    id: uuid.optional().describe("default: derived from domain and name"),
    name: z.string().min(1),
    region,
    availabilityZone: z.string().describe('for example "eu-de-01"'),
    os: z.enum(["Linux", "Windows"]),
    osVersion: z
        .string()
        .optional()
        .describe("the OS version that images show. Default: that of the default public image"),
    status: z.enum(["ACTIVE", "SHUTOFF", "ERROR"]).default("ACTIVE").describe("a server in ERROR cannot be imaged"),
    flavor: z.string().default("s3.large.2").describe('for example "s3.large.2"'),
    systemDiskGiB: sizeGiB.default(40),
    dataDisks: z.array(z.strictObject({ sizeGiB, type: z.string().default("SSD") })).default([]),
    guest: z
        .strictObject({
            sanPolicy: z.enum(["OnlineAll", "OfflineShared", "OfflineInternal"]).optional(),
            volumesAcrossDisks: z.boolean().optional(),
        })
        .default({})
        .describe("how the guest system uses its disks; no API shows this"),
    tags: z.array(z.string()).default([]).describe('"key=value"'),
});

const vault = z.strictObject({
    id: uuid.optional().describe("default: derived from domain and name"),
    name: z.string().min(1),
    region,
    sizeGiB,
    objectType: z.enum(["server", "disk", "turbo"]).optional().describe("default: server"),
    protectType: z.enum(["backup", "replication"]).default("backup"),
    status: z.enum(["available", "lock", "frozen", "error"]).optional().describe("default: available"),
});

const vpc = z
    .strictObject({
        id: networkId,
        region,
        subnets: z.array(z.strictObject({ id: networkId })).default([]),
    })
    .describe("a network that new servers can be connected to");

const domain = z.strictObject({
    id: hexId,
    name: z.string().min(1),
    users: z.array(user).min(1),
    projects: z.array(project).min(1),
    servers: z.array(server).default([]),
    vaults: z.array(vault).default([]),
    vpcs: z
        .array(vpc)
        .optional()
        .describe("networks in addition to the default one in each region that has a server of the world"),
});

const isDurationName = (name: string): name is DurationName => Object.hasOwn(durations, name);

/** The Huawei part of a world file. */
export const huaweiWorld = z
    .strictObject({
        domains: z.array(domain).min(1).describe("accounts; each account sees only its own objects"),
        durations: z
            .partialRecord(z.string().refine(isDurationName, "unknown duration"), z.number().min(0))
            .optional()
            .describe("durations in seconds of virtual time, by name; durations.ts lists the names"),
        imageQuota: z.int().min(0).optional().describe("sets the quota huawei.ims.images"),
        serverAppearsAfter: z
            .number()
            .min(0)
            .max(1)
            .optional()
            .describe("fraction of the creation time during which a new server answers 404. Default: 0.5"),
        powerDuringImage: z
            .enum(["refuse", "failImage"])
            .optional()
            .describe("what happens if a server is started or stopped while a full-ECS image is created from it"),
        deletionDuringCreation: z
            .enum(["refuse", "allow"])
            .optional()
            .describe("whether an image can be deleted while it is being created. Default: refuse (IMG.0090)"),
    })
    .superRefine((world, context) => {
        for (const { path, message } of worldProblems(world)) context.addIssue({ code: "custom", path, message });
    });

export type HuaweiWorld = z.infer<typeof huaweiWorld>;

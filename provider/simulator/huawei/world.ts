import { z } from "zod";
import { type DurationName, durations } from "./durations";
import { worldProblems } from "./worldProblems";

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "must be a lower-case UUID");
const hexId = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hex digits");
const region = z.string().regex(/^[a-z]{2}-[a-z0-9-]+$/, 'must be a region such as "eu-de"');
const networkId = z.string().regex(/^[\w-]{1,64}$/, "must have 1 to 64 letters, digits, _ or -");
const sizeGiB = z.int().min(1).max(32_768);

const user = z.strictObject({
    id: hexId.optional().describe("follows from the name when absent"),
    name: z.string().min(1),
    password: z.string().min(1).describe("for tokens; not a real one"),
    accessKeyId: z.string().min(1).describe("for signatures; not a real one"),
    accessKeySecret: z.string().min(1),
});

const project = z.strictObject({ id: hexId, region }).describe("one for each region; its name is the region");

const server = z.strictObject({
    id: uuid.optional().describe("follows from domain and name when absent"),
    name: z.string().min(1),
    region,
    availabilityZone: z.string().describe('such as "eu-de-01"'),
    os: z.enum(["Linux", "Windows"]),
    osVersion: z.string().optional().describe("as images show it; that of the default public image when absent"),
    status: z.enum(["ACTIVE", "SHUTOFF", "ERROR"]).default("ACTIVE").describe("no image is made of one in ERROR"),
    flavor: z.string().default("s3.large.2").describe('such as "s3.large.2"'),
    systemDiskGiB: sizeGiB.default(40),
    dataDisks: z.array(z.strictObject({ sizeGiB, type: z.string().default("SSD") })).default([]),
    guest: z
        .strictObject({
            sanPolicy: z.enum(["OnlineAll", "OfflineShared", "OfflineInternal"]).optional(),
            volumesAcrossDisks: z.boolean().optional(),
        })
        .default({})
        .describe("what the guest system does with its disks; no API shows it"),
    tags: z.array(z.string()).default([]).describe('"key=value"'),
});

const vault = z.strictObject({
    id: uuid.optional().describe("follows from domain and name when absent"),
    name: z.string().min(1),
    region,
    sizeGiB,
    objectType: z.enum(["server", "disk", "turbo"]).optional().describe("server when absent"),
    protectType: z.enum(["backup", "replication"]).default("backup"),
    status: z.enum(["available", "lock", "frozen", "error"]).optional().describe("available when absent"),
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
    vpcs: z.array(vpc).optional().describe("besides the one in each region that the servers of the world are in"),
});

const isDurationName = (name: string): name is DurationName => Object.hasOwn(durations, name);

/** The Huawei part of a world file. */
export const huaweiWorld = z
    .strictObject({
        domains: z.array(domain).min(1).describe("accounts; none sees anything of another"),
        durations: z
            .partialRecord(z.string().refine(isDurationName, "is not a known duration"), z.number().min(0))
            .optional()
            .describe("seconds of virtual time by name; see durations.ts"),
        imageQuota: z.int().min(0).optional().describe("sets the quota huawei.ims.images"),
        serverAppearsAfter: z
            .number()
            .min(0)
            .max(1)
            .optional()
            .describe("share of its creation during which a new server answers 404; a half when absent"),
        powerDuringImage: z
            .enum(["refuse", "failImage"])
            .optional()
            .describe("what starting or stopping a server does while a full-ECS image is made from it"),
        deletionDuringCreation: z
            .enum(["refuse", "allow"])
            .optional()
            .describe("whether an image that is being made can be deleted; refused (IMG.0090) when absent"),
    })
    .superRefine((world, context) => {
        for (const { path, message } of worldProblems(world)) context.addIssue({ code: "custom", path, message });
    });

export type HuaweiWorld = z.infer<typeof huaweiWorld>;

import { z } from "zod";
import { type DurationName, durations } from "./durations";
import { regions } from "./regions";
import { plans } from "./swas/plans";
import { systemImages } from "./swas/systemImages";

const guest = z
    .strictObject({
        sanPolicy: z
            .enum(["OnlineAll", "OfflineShared", "OfflineAll", "OfflineInternal"])
            .optional()
            .describe(
                "Windows: what happens to disks that are new to it; with an Offline policy data disks stay away; default: OnlineAll",
            ),
        volumesAcrossDisks: z
            .boolean()
            .optional()
            .describe("Linux: a volume group spans system and data disk, so neither is complete without the other"),
    })
    .describe("facts inside the server that decide whether its images start");

const server = z.strictObject({
    id: z
        .string()
        .regex(/^[0-9a-f]{32}$/, "32 hex digits")
        .optional()
        .describe("default: follows from account, region and name"),
    name: z.string().regex(/^[A-Za-z0-9][\w.-]{1,49}$/, "2 to 50 letters, digits, _ . -"),
    plan: z
        .enum(plans.map(({ id }) => id))
        .optional()
        .describe("default: the smallest whose disk is large enough"),
    image: z
        .enum(systemImages.map(({ id }) => id))
        .optional()
        .describe("a system image; default: Ubuntu or Windows Server"),
    os: z.enum(["Linux", "Windows"]),
    status: z.enum(["Running", "Stopped"]),
    systemDiskGiB: z.number().int().min(20).max(500),
    dataDiskGiB: z.number().int().min(20).max(16_380).optional().describe("default: no data disk"),
    guest: guest.optional(),
    paidUntil: z.iso
        .datetime()
        .optional()
        .describe("in simulated time; then it expires and is later released; default: it does not expire"),
});

const accessKey = z.strictObject({ id: z.string().min(1).max(128), secret: z.string().min(1).max(128) });

const temporaryKey = accessKey
    .extend({
        token: z.string().min(1).max(4096),
        expiresAt: z.iso.datetime().optional().describe("by the machine's clock; default: never"),
    })
    .describe("what STS would give out: an access key that is good only together with its security token");

const role = z
    .strictObject({
        name: z.string().regex(/^[a-z0-9.-]{1,64}$/, "1 to 64 lower-case letters, digits, . -"),
        trusts: z
            .array(z.string().regex(/^\d{16}$/, "16 digits"))
            .optional()
            .describe("accounts that may assume it besides its own; default: none"),
    })
    .describe("what AssumeRole of STS takes");

const networkId = (prefix: string) =>
    z.string().regex(new RegExp(`^${prefix}-[a-z0-9]{1,32}$`), `${prefix}- and up to 32 lower-case letters and digits`);

const vpc = z
    .strictObject({
        id: networkId("vpc"),
        vSwitches: z
            .array(
                z.strictObject({ id: networkId("vsw"), zone: z.string().optional().describe("default: the region's") }),
            )
            .default([]),
        securityGroups: z.array(z.strictObject({ id: networkId("sg") })).default([]),
    })
    .describe("what instances of ECS are connected to; default: one VPC with a VSwitch and a security group");

const regionIds = regions.map(({ id }) => id);

const account = z.strictObject({
    id: z.string().regex(/^\d{16}$/, "16 digits"),
    name: z.string().min(1),
    accessKeys: z.array(accessKey).min(1),
    tokens: z.array(temporaryKey).optional().describe("default: none"),
    roles: z.array(role).optional().describe("default: none"),
    regions: z
        .partialRecord(
            z.enum(regionIds),
            z.strictObject({ servers: z.array(server).max(50), vpcs: z.array(vpc).optional() }),
        )
        .describe("the regions that the account may use, and its servers and networks there"),
});

const durationNames = z.enum(durationKeys());

function durationKeys(): DurationName[] {
    const known = (name: string): name is DurationName => name in durations;
    return Object.keys(durations).filter(known);
}

/** The Alibaba part of a world file. */
export const alibabaWorld = z
    .strictObject({
        accounts: z.array(account),
        durations: z
            .partialRecord(durationNames, z.number().min(0).max(31_622_400))
            .optional()
            .describe("how long the cloud's work takes, in seconds, by name"),
    })
    .superRefine((world, context) => {
        const twice = (what: string, ids: readonly string[]) => {
            for (const id of new Set(ids.filter((candidate, index) => ids.indexOf(candidate) !== index))) {
                context.addIssue({ code: "custom", message: `${what} ${id} comes twice` });
            }
        };
        const servers = world.accounts.flatMap(({ id, regions: places }) =>
            Object.entries(places).flatMap(([region, place]) =>
                (place?.servers ?? []).map((one) => ({ ...one, path: `${id}/${region}/${one.name}` })),
            ),
        );
        const { accounts } = world;
        twice(
            "account",
            accounts.map(({ id }) => id),
        );
        twice(
            "access key",
            accounts.flatMap(({ accessKeys, tokens = [] }) => [...accessKeys, ...tokens].map(({ id }) => id)),
        );
        twice(
            "server",
            servers.flatMap(({ id }) => id ?? []),
        );
        twice(
            "network",
            accounts.flatMap(({ id, regions: places }) =>
                Object.entries(places).flatMap(([region, place]) =>
                    (place?.vpcs ?? []).flatMap((network) =>
                        [network, ...network.vSwitches, ...network.securityGroups].map(
                            (one) => `${id}/${region}/${one.id}`,
                        ),
                    ),
                ),
            ),
        );
        twice(
            "server name",
            servers.map(({ path }) => path),
        );
    });

export type AlibabaWorld = z.infer<typeof alibabaWorld>;
export type WorldServer = z.infer<typeof server>;

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
                "SAN policy of Windows: what it does with new disks; with an Offline policy, data disks stay offline. Default: OnlineAll",
            ),
        volumesAcrossDisks: z
            .boolean()
            .optional()
            .describe(
                "Linux: a volume group spans the system disk and a data disk, so neither disk is complete without the other",
            ),
    })
    .describe("facts inside the server that decide whether servers created from its images start");

const server = z.strictObject({
    id: z
        .string()
        .regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hex digits")
        .optional()
        .describe("default: derived from account, region and name"),
    name: z.string().regex(/^[A-Za-z0-9][\w.-]{1,49}$/, "must be 2 to 50 letters, digits, _ . or -"),
    plan: z
        .enum(plans.map(({ id }) => id))
        .optional()
        .describe("default: the smallest plan with a large enough disk"),
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
        .describe("in virtual time. The server then expires and is later released. Default: never"),
});

const accessKey = z.strictObject({ id: z.string().min(1).max(128), secret: z.string().min(1).max(128) });

const temporaryKey = accessKey
    .extend({
        token: z.string().min(1).max(4096),
        expiresAt: z.iso.datetime().optional().describe("according to the machine's clock. Default: never"),
    })
    .describe("a temporary access key as STS issues it, valid only together with its security token");

const role = z
    .strictObject({
        name: z.string().regex(/^[a-z0-9.-]{1,64}$/, "must be 1 to 64 lower-case letters, digits, . or -"),
        trusts: z
            .array(z.string().regex(/^\d{16}$/, "must be 16 digits"))
            .optional()
            .describe("accounts that can assume the role, in addition to its own account. Default: none"),
    })
    .describe("a role that AssumeRole of STS accepts");

const networkId = (prefix: string) =>
    z
        .string()
        .regex(
            new RegExp(`^${prefix}-[a-z0-9]{1,32}$`),
            `must be ${prefix}- and up to 32 lower-case letters and digits`,
        );

const vpc = z
    .strictObject({
        id: networkId("vpc"),
        vSwitches: z
            .array(
                z.strictObject({
                    id: networkId("vsw"),
                    zone: z.string().optional().describe("default: the first zone of the region"),
                }),
            )
            .default([]),
        securityGroups: z.array(z.strictObject({ id: networkId("sg") })).default([]),
    })
    .describe("networks for ECS instances. Default: one VPC with a vSwitch and a security group");

const regionIds = regions.map(({ id }) => id);

const account = z.strictObject({
    id: z.string().regex(/^\d{16}$/, "must be 16 digits"),
    name: z.string().min(1),
    accessKeys: z.array(accessKey).min(1),
    tokens: z.array(temporaryKey).optional().describe("default: none"),
    roles: z.array(role).optional().describe("default: none"),
    regions: z
        .partialRecord(
            z.enum(regionIds),
            z.strictObject({ servers: z.array(server).max(50), vpcs: z.array(vpc).optional() }),
        )
        .describe("regions that the account can use, with its servers and networks there"),
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
            .describe("durations of asynchronous work, in seconds, by name"),
    })
    .superRefine((world, context) => {
        const twice = (what: string, ids: readonly string[]) => {
            for (const id of new Set(ids.filter((candidate, index) => ids.indexOf(candidate) !== index))) {
                context.addIssue({ code: "custom", message: `${what} ${id} is declared more than once` });
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

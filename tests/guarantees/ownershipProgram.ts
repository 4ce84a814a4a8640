import { secondServer } from "./clouds.ts";
import { type Declared, output, type Program } from "./program.ts";

/** The names of the images and servers. */
export const kinds = {
    a: "CustomImage",
    b: "CustomImage",
    c: "CustomImage",
    e: "FullEcsImage",
    f: "FullEcsImage",
    s: "EcsInstance",
    t: "EcsInstance",
} as const;

export type Name = keyof typeof kinds;

export const names: readonly Name[] = ["a", "b", "c", "e", "f", "s", "t"];

/** How an image or server is wanted. */
export interface Wanted {
    /** Each version creates another object. */
    readonly version: 0 | 1 | 2;
    readonly keepVersions: 0 | 1 | 2;
    /** What a custom image is used for: nothing, a copy, a share with ECS, an ECS image, or a server. */
    readonly use: "" | "copy" | "ecs" | "own" | "server";
    /** The type of the component that declares it. */
    readonly under?: string;
    /** The former name and parent that an alias declares. */
    readonly wasNamed?: Name;
    readonly wasUnder?: string;
}

export type WantedNames = { readonly [name in Name]?: Wanted };

const hangzhou = { type: "alibaba", region: "cn-hangzhou" };
const frankfurt = { type: "huawei", region: "eu-de", profile: "cbr" };
const swasServer = "ace0706b2ac4454d984295a942130001";
const huaweiServer = "94eba8b2-acc9-4d82-badc-127144cc5526";
const ecs = {
    image: "ubuntu_22_04_x64_20G_alibase_20260101.vhd",
    securityGroup: "sg-1",
    vSwitch: "vsw-1",
};
const instanceTypes = ["ecs.g6.large", "ecs.g6.xlarge", "ecs.c6.large"];

/** The inputs of a version. Versions differ in their source or in their name. */
const customImages: readonly object[] = [{}, { description: "one" }, { version: "2" }];
const fullEcsImages: readonly object[] = [
    { source: { server: huaweiServer } },
    { source: { server: secondServer } },
    { source: { server: huaweiServer }, version: "2" },
];

const alibabaUses: Record<Wanted["use"], (name: Name) => Omit<Declared, "under">[]> = {
    "": () => [],
    copy: (name) => [
        {
            name: `${name}-copy`,
            type: "ImageCopy",
            inputs: { cloud: hangzhou, image: output(name), to: "cn-shanghai" },
        },
    ],
    ecs: (name) => [
        { name: `${name}-share`, type: "ImageShare", inputs: { cloud: hangzhou, image: output(name), with: "ecs" } },
    ],
    own: (name) => [
        ...alibabaUses.ecs(name),
        {
            name: `${name}-own`,
            type: "EcsImage",
            inputs: { cloud: hangzhou, image: output(`${name}-share`, "image"), to: "cn-shanghai" },
        },
    ],
    server: (name) => [
        {
            name: `${name}-server`,
            type: "SimpleServer",
            inputs: {
                cloud: hangzhou,
                image: output(name),
                plan: "swas.s2.c2m2s50b4t08",
                onDelete: { refund: true },
            },
        },
    ],
};

const huaweiShare = (name: Name): Omit<Declared, "under"> => ({
    name: `${name}-share`,
    type: "ImageShare",
    inputs: { cloud: frankfurt, image: output(name), with: { projects: ["b0000000000000000000000000000001"] } },
});

const ofKind: Record<(typeof kinds)[Name], (name: Name, wanted: Wanted) => Omit<Declared, "under">[]> = {
    CustomImage: (name, { version, keepVersions, use }) => [
        {
            name,
            type: "CustomImage",
            inputs: {
                cloud: hangzhou,
                source: { server: swasServer },
                // A server has at most three snapshots, so more versions of it are refused.
                keepVersions: Math.min(keepVersions, 1),
                ...customImages[version],
            },
        },
        ...alibabaUses[use](name),
    ],
    FullEcsImage: (name, { version, keepVersions, use }) => [
        {
            name,
            type: "FullEcsImage",
            inputs: {
                cloud: frankfurt,
                vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
                guest: { volumesAcrossDisks: false },
                keepVersions,
                ...fullEcsImages[version],
            },
        },
        ...(use === "ecs" ? [huaweiShare(name)] : []),
    ],
    EcsInstance: (name, { version }) => [
        {
            name,
            type: "EcsInstance",
            inputs: { cloud: hangzhou, instanceType: instanceTypes[version], ...ecs },
        },
    ],
};

/** The name that a resource of the program belongs to: "a" for "a-share". */
export const groupOf = (resource: string): string => resource.split("-")[0] ?? resource;

/** The name of a resource after its group was renamed. */
export const inGroup = (resource: string, to: string): string => [to, ...resource.split("-").slice(1)].join("-");

/** The use with which the program has this resource. */
export function usedFor(resource: string): Wanted["use"] {
    const [, suffix = ""] = resource.split("-");
    const uses: Record<string, Wanted["use"]> = { copy: "copy", share: "ecs", own: "own", server: "server" };
    return uses[suffix] ?? "";
}

/** The program for these wanted names. */
export function programOf(wanted: WantedNames): Program {
    return names.flatMap((name) => {
        const its = wanted[name];
        if (!its) return [];
        const { under, wasUnder, wasNamed } = its;
        return ofKind[kinds[name]](name, its).map((declared) => ({
            ...declared,
            ...(under === undefined ? {} : { under }),
            ...(wasUnder === undefined ? {} : { wasUnder }),
            ...(wasNamed === undefined ? {} : { wasNamed: inGroup(declared.name, wasNamed) }),
        }));
    });
}

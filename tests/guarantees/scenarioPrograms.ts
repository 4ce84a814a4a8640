import { secondServer } from "./clouds.ts";
import { type Declared, output, type Program } from "./program.ts";

const cloud = { type: "alibaba", region: "cn-hangzhou" };
export const source = { server: "ace0706b2ac4454d984295a942130001" };

/** An image of a Simple Application Server in two regions, shared with ECS, and a server of each kind from it. */
export const golden = (image: object = {}, { name = "golden", tags = { team: "web" } } = {}): Program => [
    { name, type: "CustomImage", inputs: { cloud, source, tags, ...image } },
    { name: "copy", type: "ImageCopy", inputs: { cloud, image: output(name), to: "cn-shanghai", tags } },
    { name: "to-ecs", type: "ImageShare", inputs: { cloud, image: output(name), with: "ecs" } },
    {
        name: "web",
        type: "SimpleServer",
        inputs: { cloud, image: output(name), plan: "swas.s2.c2m2s50b4t08", onDelete: { refund: true } },
    },
    {
        name: "api",
        type: "EcsInstance",
        inputs: {
            cloud,
            image: output("to-ecs", "image"),
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
        },
    },
];

const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const partner = "b0000000000000000000000000000001";
export const erpServer = "94eba8b2-acc9-4d82-badc-127144cc5526";

/** An image of a whole Huawei server, shared with a project if the profile supports it, and a server from it. */
export const erp = (profile: "csbs" | "cbr", image: object = {}): Program => {
    const huawei = { type: "huawei", region: "eu-de", profile };
    const share: Declared = {
        name: "to-partner",
        type: "ImageShare",
        inputs: { cloud: huawei, image: output("erp"), with: { projects: [partner] } },
    };
    return [
        {
            name: "erp",
            type: "FullEcsImage",
            inputs: {
                cloud: huawei,
                source: { server: erpServer },
                guest: { volumesAcrossDisks: false },
                ...(profile === "cbr" ? { vault } : {}),
                tags: { team: "erp" },
                ...image,
            },
        },
        ...(profile === "cbr" ? [share] : []),
        {
            name: "twin",
            type: "HuaweiServer",
            inputs: {
                cloud: huawei,
                image: output("erp"),
                flavor: "s3.xlarge.2",
                vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
                subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
            },
        },
    ];
};

/** A shared image, and a copy of it in ECS in another region. */
export const inEcs = (image: object = {}): Program => [
    ...golden(image).filter(({ name }) => name === "golden" || name === "to-ecs"),
    { name: "own", type: "EcsImage", inputs: { cloud, image: output("to-ecs", "image"), to: "cn-shanghai" } },
];

/** A full-ECS image that the partner's account accepts. */
export const accepted: Program = [
    ...erp("cbr").filter(({ name }) => name === "erp"),
    {
        name: "to-partner",
        type: "ImageShare",
        inputs: {
            cloud: { type: "huawei", region: "eu-de" },
            image: output("erp"),
            with: { projects: [] },
            accept: [
                {
                    cloud: { type: "huawei", region: "eu-de", account: "partner" },
                    vault: "5f1c2d3e-4b5a-4697-8879-6a5b4c3d2e1f",
                },
            ],
        },
    },
];

/** An image that is shared with other accounts. */
export const forAccounts = (image: object = {}): Program => [
    ...golden(image).slice(0, 1),
    {
        name: "to-accounts",
        type: "ImageShare",
        inputs: { cloud, image: output("golden"), with: { accounts: ["1000000000000002"] } },
    },
];

/** A system image of a Huawei server, shared with a project, and a server from it. */
export const base = (image: object = {}): Program => {
    const huawei = { type: "huawei", region: "eu-de" };
    const [, , twin] = erp("cbr");
    return [
        {
            name: "base",
            type: "CustomImage",
            inputs: { cloud: huawei, source: { server: secondServer }, tags: { team: "web" }, ...image },
        },
        {
            name: "base-to-partner",
            type: "ImageShare",
            inputs: { cloud: huawei, image: output("base"), with: { projects: [partner] } },
        },
        { name: "app", type: "HuaweiServer", inputs: { ...twin?.inputs, cloud: huawei, image: output("base") } },
    ];
};

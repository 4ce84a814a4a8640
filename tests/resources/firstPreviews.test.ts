import assert from "node:assert/strict";
import { alibaba, huawei } from "../../provider/dist/clouds/cloud.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemDiskReplacement } from "../../provider/dist/resources/systemDiskReplacement.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import { type Managed, type Properties, type Simulated, simulated } from "./simulated.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });
const erp = "94eba8b2-acc9-4d82-badc-127144cc5526";
const vault = "3b5816b5-f29c-4172-9d9a-76c719a659ce";
const custom = { kind: "custom", cloud: "alibaba", region: "cn-hangzhou" };
const use = (ecsShare: string) => ({ facts: custom, ecsShare });

type Handlers = Record<string, (world: Simulated) => Managed>;

const resources = {
    SimpleServer: (world) => world.resource(simpleServer, "web"),
    EcsInstance: (world) => world.resource(ecsInstance, "api"),
    HuaweiServer: (world) => world.resource(huaweiServer, "erp"),
    CustomImage: (world) => world.resource(customImage, "golden"),
    SystemImage: (world) => world.resource(systemImage, "base"),
    FullEcsImage: (world) => world.resource(fullEcsImage, "full"),
    ImageCopy: (world) => world.resource(imageCopy, "copy"),
    EcsImage: (world) => world.resource(ecsImage, "shop"),
    ImageShare: (world) => world.resource(imageShare, "share"),
    SystemDiskReplacement: (world) => world.resource(systemDiskReplacement, "disk"),
} satisfies Handlers;

type Kind = keyof typeof resources;

/** A first deployment of each resource, with an image that does not exist yet. No check refuses it. */
const good: Record<Kind, Properties> = {
    SimpleServer: { cloud: hangzhou, image: unknown, plan: "swas.s2.c2m2s50b4t08" },
    EcsInstance: {
        cloud: hangzhou,
        image: unknown,
        instanceType: "ecs.g7.large",
        securityGroup: "sg-bp1machineimages0001",
        vSwitch: "vsw-bp1machineimages0001",
        __imageUse: use("declared"),
    },
    HuaweiServer: {
        cloud: frankfurt,
        image: unknown,
        flavor: "s3.large.2",
        vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
        subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
    },
    CustomImage: { cloud: hangzhou, source: { server: unknown } },
    SystemImage: { cloud: frankfurt, source: { server: unknown } },
    FullEcsImage: { cloud: frankfurt, source: { server: unknown }, vault, guest: { volumesAcrossDisks: false } },
    ImageCopy: { cloud: hangzhou, image: unknown, to: "cn-shanghai" },
    EcsImage: { cloud: hangzhou, image: unknown, to: "cn-shanghai", __imageUse: use("declared") },
    ImageShare: { cloud: frankfurt, image: unknown, with: { projects: ["b0000000000000000000000000000001"] } },
    SystemDiskReplacement: { cloud: hangzhou, server: unknown, image: unknown, confirmWipe: true },
};

const partner = (given: object = {}) => ({ cloud: huawei({ region: "eu-de", account: "partner" }), ...given });
const swasRegions = 'Simple Application Server has no region cn-hangzou: did you mean "cn-hangzhou"?';
const ecsRegions = 'ECS has no region cn-hangzou: did you mean "cn-hangzhou"?';
const otcRegions = 'the account has no project in region eu-ed: did you mean "eu-de"?';
const unshared = "image: the image of a Simple Application Server is not shared with ECS: declare an ImageShare";

/** What is refused although the image is unknown, and the beginning of the message. */
const refused: [kind: Kind, what: string, inputs: Properties, says: string, quotas?: Record<string, number>][] = [
    [
        "SimpleServer",
        "a misspelt plan",
        { plan: "swas.s2.c2m2s50b4t09" },
        "plan: no plan swas.s2.c2m2s50b4t09 is offered in cn-hangzhou: choose a plan that is offered, such as swas.s2.c2m2s50b4t08, ",
    ],
    ["SimpleServer", "a region", { cloud: alibaba({ region: "cn-hangzou" }) }, `cloud.region: ${swasRegions}`],
    [
        "EcsInstance",
        "an instance type",
        { instanceType: "ecs.g7.lage" },
        'instanceType: no instance type ecs.g7.lage is offered in cn-hangzhou: did you mean "ecs.g7.large"?',
    ],
    [
        "EcsInstance",
        "a security group",
        { securityGroup: "sg-bp1machineimages0009" },
        'securityGroup: no security group sg-bp1machineimages0009 in cn-hangzhou: did you mean "sg-bp1machineimages0001"?',
    ],
    ["EcsInstance", "a VSwitch", { vSwitch: "vsw-x" }, "vSwitch: no VSwitch vsw-x in cn-hangzhou: "],
    [
        "EcsInstance",
        "a security group of another VPC",
        { securityGroup: "sg-1" },
        "securityGroup: security group sg-1 is in vpc-1, and VSwitch vsw-bp1machineimages0001 is in vpc-bp1machineimages0001: ",
    ],
    ["EcsInstance", "a region", { cloud: alibaba({ region: "cn-hangzou" }) }, `cloud.region: ${ecsRegions}`],
    ["EcsInstance", "an image that is not shared", { __imageUse: use("none") }, unshared],
    [
        "EcsInstance",
        "an image by its resource that is not shared",
        { imageFacts: custom, __imageUse: use("none") },
        unshared,
    ],
    ["EcsImage", "an image that is not shared", { __imageUse: use("none") }, unshared],
    ["EcsImage", "a region", { to: "cn-shangai" }, 'to: ECS has no region cn-shangai: did you mean "cn-shanghai"?'],
    ["EcsImage", "a source region", { cloud: alibaba({ region: "cn-hangzou" }) }, `cloud.region: ${ecsRegions}`],
    ["SystemDiskReplacement", "an image that is not shared", { server: "i-bp1", __imageUse: use("none") }, unshared],
    [
        "SystemDiskReplacement",
        "a region",
        { cloud: alibaba({ region: "cn-hangzou" }), server: "i-bp1" },
        `cloud.region: ${ecsRegions}`,
    ],
    [
        "HuaweiServer",
        "a flavor",
        { flavor: "s3.lage.2" },
        'flavor: no flavor s3.lage.2 in eu-de: did you mean "s3.large.2"?',
    ],
    [
        "HuaweiServer",
        "a VPC",
        { vpc: "0dae26c9-9a70-4392-93f3-87d53115d172" },
        'vpc: no VPC 0dae26c9-9a70-4392-93f3-87d53115d172 in eu-de: did you mean "0dae26c9-9a70-4392-93f3-87d53115d171"?',
    ],
    ["HuaweiServer", "a subnet", { subnet: "x" }, "subnet: no subnet x in eu-de: "],
    [
        "HuaweiServer",
        "a subnet of another VPC",
        { vpc: "v" },
        "subnet: subnet 157ee789-03ea-45b1-a698-76c92660dd83 is in VPC 0dae26c9-9a70-4392-93f3-87d53115d171, not in v: ",
    ],
    ["HuaweiServer", "a region", { cloud: huawei({ region: "eu-ed" }) }, `cloud.region: ${otcRegions}`],
    ["CustomImage", "a region", { cloud: alibaba({ region: "cn-hangzou" }) }, `cloud.region: ${swasRegions}`],
    ["CustomImage", "a snapshot", { source: { snapshot: "s-x" } }, "source.snapshot: no snapshot s-x in cn-hangzhou: "],
    ["SystemImage", "a region", { cloud: huawei({ region: "eu-ed" }) }, `cloud.region: ${otcRegions}`],
    [
        "SystemImage",
        "a used-up quota",
        {},
        "source: the project has 0 private images in eu-de, and its quota is 0",
        { "huawei.ims.images": 0 },
    ],
    ["FullEcsImage", "a vault", { vault: "none" }, "vault: no vault none in eu-de: "],
    ["FullEcsImage", "a used-up quota", {}, "source: the project has 0 private images", { "huawei.ims.images": 0 }],
    ["FullEcsImage", "a region", { cloud: huawei({ region: "eu-ed" }) }, `cloud.region: ${otcRegions}`],
    [
        "ImageCopy",
        "a region of copies",
        { to: "cn-shangai", __copiesOf: "golden" },
        'copies of golden: Simple Application Server has no region cn-shangai: did you mean "cn-shanghai"?',
    ],
    ["ImageCopy", "its own region", { to: "cn-hangzhou" }, "to: must not be cn-hangzhou, the region of the image: "],
    [
        "ImageCopy",
        "a region",
        { to: "cn-shangai" },
        'to: Simple Application Server has no region cn-shangai: did you mean "cn-shanghai"?',
    ],
    ["ImageCopy", "a source region", { cloud: alibaba({ region: "cn-hangzou" }) }, `cloud.region: ${swasRegions}`],
    [
        "ImageShare",
        "a vault of the recipient",
        { accept: [partner({ vault: "none" })] },
        "accept.0.vault: no vault none in eu-de: ",
    ],
    [
        "ImageShare",
        "its own account",
        { accept: [{ cloud: frankfurt }] },
        "accept.0.cloud.account: is the account that owns the image",
    ],
    ["ImageShare", "one recipient twice", { accept: [partner(), partner()] }, "accept.1: must not name project"],
    ["ImageShare", "a region", { cloud: huawei({ region: "eu-ed" }) }, `cloud.region: ${otcRegions}`],
    [
        "ImageShare",
        "more projects than a full-ECS image has",
        {
            imageFacts: { kind: "full-ecs", cloud: "huawei", region: "eu-de" },
            with: { projects: Array.from({ length: 11 }, (_, index) => `p${index}`) },
        },
        "with.projects: must contain at most 10 projects for a full-ECS image",
    ],
];

describe("the preview of a first deployment", () => {
    let world: Simulated;
    beforeEach(async () => {
        world = await simulated({ profile: "cbr" });
    });
    afterEach(() => world.close());

    for (const [kind, what, inputs, says, quotas = {}] of refused) {
        it(`of ${kind} refuses an invalid input (${what}) once, and changes nothing`, async () => {
            for (const [name, value] of Object.entries(quotas)) world.simulator.sim.quotas.change(name, value);
            const { failures } = await resources[kind](world).preview({ ...good[kind], ...inputs });
            assert.equal(failures.length, 1, failures.join("\n"));
            assert.ok(failures[0]?.startsWith(says), failures[0]);
            assert.deepEqual([world.changes(), world.warnings], [[], []]);
        });
    }

    for (const [kind, inputs] of Object.entries(good)) {
        it(`of ${kind} passes if all known inputs are valid`, async () => {
            const resource = Object.entries(resources).find(([name]) => name === kind)?.[1] ?? assert.fail();
            assert.deepEqual((await resource(world).preview(inputs)).failures, []);
            assert.deepEqual(world.warnings, []);
        });
    }

    const looks: [kind: Kind, action: string, wrong: Properties][] = [
        ["SimpleServer", "swas.ListRegions", {}],
        ["SimpleServer", "swas.ListPlans", { plan: "none" }],
        ["EcsInstance", "ecs.DescribeRegions", {}],
        ["EcsInstance", "ecs.DescribeAvailableResource", { instanceType: "none" }],
        ["EcsInstance", "ecs.DescribeSecurityGroups", { securityGroup: "none" }],
        ["EcsInstance", "vpc.DescribeVSwitches", { vSwitch: "none" }],
        ["HuaweiServer", "ecs.NovaShowFlavor", { flavor: "none" }],
        ["HuaweiServer", "vpc.ShowVpc", { vpc: "none", subnet: unknown }],
        ["HuaweiServer", "vpc.ShowSubnet", { subnet: "none" }],
        ["CustomImage", "swas.ListInstances", { source: { server: "none" } }],
        ["CustomImage", "swas.ListSnapshots", { source: { snapshot: "s-none" } }],
        ["SystemImage", "ecs.ShowServer", { source: { server: erp } }],
        ["FullEcsImage", "cbr.ShowVault", { vault: "none" }],
    ];

    for (const [kind, action, wrong] of looks) {
        it(`of ${kind} only warns, once for each lookup, if the account lacks permission for ${action}`, async () => {
            world.simulator.sim.faults.add({ action, status: 403, code: "Forbidden.RAM", message: "no" }, 99);
            const inputs = { ...good[kind], ...wrong };
            assert.deepEqual((await resources[kind](world).preview(inputs)).failures, []);
            assert.deepEqual((await resources[kind](world).preview(inputs)).failures, []);
            assert.match(world.warnings.join("\n"), /cannot check .*, so "pulumi up" may fail: /);
            assert.equal(new Set(world.warnings).size, world.warnings.length, world.warnings.join("\n"));
        });
    }

    it("reports all problems of a server at once", async () => {
        const wrong = { instanceType: "ecs.none.large", securityGroup: "sg-none", vSwitch: "vsw-none" };
        const { failures } = await resources.EcsInstance(world).preview({ ...good.EcsInstance, ...wrong });
        assert.deepEqual(
            failures.map((failure) => failure.split(":")[0]),
            ["instanceType", "securityGroup", "vSwitch"],
        );
    });

    it("skips a check whose input is unknown, and runs the others", async () => {
        const inputs = {
            ...good.EcsInstance,
            securityGroup: unknown,
            vSwitch: unknown,
            instanceType: "ecs.none.large",
        };
        const { failures } = await resources.EcsInstance(world).preview(inputs);
        assert.deepEqual(failures.length, 1, failures.join("\n"));
    });

    it("suggests the closest input for a misspelt one, in every form and at every depth", async () => {
        const misspelt: [Kind, Properties, string][] = [
            ["CustomImage", { copys: ["cn-shanghai"] }, 'unknown input "copys": did you mean "copies"?'],
            ["CustomImage", { source: { sever: "x" } }, 'source: unknown input "sever": did you mean "server"?'],
            [
                "CustomImage",
                { onDelete: { unshar: true } },
                'onDelete: unknown input "unshar": did you mean "unshare"?',
            ],
            ["EcsInstance", { instancetype: "x" }, 'unknown input "instancetype": did you mean "instanceType"?'],
            [
                "EcsInstance",
                { cloud: { ...hangzhou, acount: "x" } },
                'cloud: unknown input "acount": did you mean "account"?',
            ],
            ["ImageShare", { with: { project: ["x"] } }, 'with: unknown input "project": did you mean "projects"?'],
            [
                "ImageShare",
                { accept: [partner({ valt: "x" })] },
                'accept.0: unknown input "valt": did you mean "vault"?',
            ],
            [
                "FullEcsImage",
                { guest: { sanpolicy: "x" } },
                'guest: unknown input "sanpolicy": did you mean "sanPolicy"?',
            ],
            [
                "SystemDiskReplacement",
                { confirmwipe: true },
                'unknown input "confirmwipe": did you mean "confirmWipe"?',
            ],
            ["SimpleServer", { zzzzzzzz: 1 }, 'unknown input "zzzzzzzz": valid inputs are cloud, dataDiskGiB, '],
        ];
        for (const [kind, inputs, says] of misspelt) {
            const { failures } = await resources[kind](world).preview({ ...good[kind], ...inputs });
            assert.equal(failures.length, 1, failures.join("\n"));
            assert.ok(failures[0]?.startsWith(says), failures[0]);
        }
    });

    it("looks up an existing image: if it was shared manually it passes, otherwise it is refused", async () => {
        const golden = resources.CustomImage(world);
        await golden.up({ cloud: hangzhou, source: { server: "ace0706b2ac4454d984295a942130001" } });
        const inputs = { ...good.EcsInstance, image: golden.id };
        const preview = async (__imageUse: unknown) =>
            (await resources.EcsInstance(world).preview({ ...inputs, __imageUse })).failures.join();
        for (const given of [use("none"), use("unknown"), { ecsShare: "unknown" }]) {
            assert.match(await preview(given), /^image: image m-\w+ is not shared with ECS: declare an ImageShare/);
        }
        assert.equal(await preview(use("declared")), "");
        assert.equal(await preview(undefined), "");
        const { swas } = await world.clouds.alibaba(hangzhou);
        await swas.modifyImageShareStatus({ imageId: golden.id ?? "", operation: "Share" });
        assert.equal(await preview(use("none")), "");
    });

    it("checks a replacement like a first server, and does not check unchanged servers", async () => {
        const golden = resources.CustomImage(world);
        await golden.up({ cloud: hangzhou, source: { server: "ace0706b2ac4454d984295a942130001" } });
        const server = resources.SimpleServer(world);
        const inputs = { ...good.SimpleServer, image: golden.id };
        await server.up(inputs);
        const { failures } = await server.preview({ ...inputs, image: unknown, plan: "none" });
        assert.equal(failures.length, 1, failures.join("\n"));
        const before = world.calls().length;
        assert.deepEqual((await server.preview({ ...inputs, tags: { team: "web" } })).failures, []);
        assert.equal(world.calls().length, before);
    });
});

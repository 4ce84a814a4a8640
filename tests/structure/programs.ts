import {
    alibaba,
    CustomImage,
    EcsImage,
    EcsInstance,
    FullEcsImage,
    HuaweiServer,
    huawei,
    ImageCopy,
    ImageShare,
    SimpleServer,
    SystemDiskReplacement,
} from "pulumi-machine-images";

// Not executed. The compiler checks it with the other tests (npm run check), and fails if an "expect-error" compiles.

const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });
const older = huawei({ region: "eu-de", profile: "csbs" });
const network = { vpc: "v", subnet: "s" };
const ecs = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };

export function programsThatCompile(): void {
    const golden = new CustomImage("golden", { cloud: hangzhou, source: { server: "s" }, copies: ["cn-shanghai"] });
    new CustomImage("again", { cloud: hangzhou, source: { snapshot: "s" }, description: golden.id });
    const share = new ImageShare("share", { cloud: hangzhou, image: golden, with: "ecs" });
    new EcsInstance("api", { cloud: hangzhou, image: share, ...ecs });
    new EcsInstance("by-id", { cloud: hangzhou, image: share.image, ...ecs });
    new ImageShare("accounts", { cloud: hangzhou, image: golden, with: { accounts: ["1000000000000002"] } });
    const shop = new EcsImage("shop", { cloud: hangzhou, image: share, to: "cn-shanghai", keepVersions: 1 });
    new ImageShare("shop-accounts", { cloud: hangzhou, image: shop, with: { accounts: ["1000000000000002"] } });
    new EcsInstance("shop-api", { cloud: alibaba({ region: "cn-shanghai" }), image: shop, ...ecs });
    new SystemDiskReplacement("wipe", { cloud: hangzhou, server: "s", image: golden, confirmWipe: true });
    new SystemDiskReplacement("wipe-ecs", { cloud: hangzhou, server: "i-1", image: shop, confirmWipe: true });
    new SimpleServer("web", { cloud: hangzhou, image: golden, plan: "p", onDelete: { refund: true } });
    new ImageCopy("copy", { cloud: hangzhou, image: golden, to: "cn-shanghai" });
    const erp = new FullEcsImage("erp", { cloud: frankfurt, source: { server: "s" }, vault: "v" });
    new FullEcsImage("older", { cloud: older, source: { server: "s" }, guest: { sanPolicy: "OnlineAll" } });
    new ImageShare("partner", { cloud: frankfurt, image: erp, with: { projects: ["p"] } });
    new HuaweiServer("clone", { cloud: frankfurt, image: erp, flavor: "f", ...network });
    new FullEcsImage("nightly", { cloud: frankfurt, source: { backup: "b" } });
    new FullEcsImage("older-nightly", { cloud: older, source: { backup: golden.id }, minRamMiB: 4096 });
    const base = new CustomImage("base", { cloud: older, source: { server: "s" }, minRamMiB: 1024, maxRamMiB: 8192 });
    new HuaweiServer("plain", { cloud: frankfurt, image: base, flavor: "f", ...network });
    const partner = huawei({ region: "eu-de", account: "partner" });
    new ImageShare("base-to-partner", {
        cloud: older,
        image: base,
        with: { projects: [] },
        accept: [{ cloud: partner }],
    });
    const accept = [{ cloud: partner, vault: "v" }];
    new ImageShare("erp-to-partner", { cloud: frankfurt, image: erp, with: { projects: ["p"] }, accept });
    new SystemDiskReplacement("wipe-erp", { cloud: frankfurt, server: "s", image: erp, confirmWipe: true });
    new SystemDiskReplacement("wipe-base", { cloud: older, server: "s", image: base, confirmWipe: true });
}

export function programsThatDoNot(): void {
    const shop = new EcsImage("shop", { cloud: hangzhou, image: "m-1" });
    const golden = new CustomImage("golden", { cloud: hangzhou, source: { server: "s" } });
    const erp = new FullEcsImage("erp", { cloud: older, source: { server: "s" } });
    const base = new CustomImage("base", { cloud: frankfurt, source: { server: "s" } });
    // @ts-expect-error Huawei Cloud creates system images from servers only
    new CustomImage("x", { cloud: frankfurt, source: { snapshot: "s" } });
    // @ts-expect-error Open Telekom Cloud cannot copy images to other regions
    new CustomImage("x", { cloud: frankfurt, source: { server: "s" }, copies: ["eu-nl"] });
    // @ts-expect-error only Huawei Cloud has memory ranges
    new CustomImage("x", { cloud: hangzhou, source: { server: "s" }, minRamMiB: 1024 });
    // @ts-expect-error an ECS instance cannot use a system image of Huawei Cloud
    new EcsInstance("x", { cloud: hangzhou, image: base, ...ecs });
    // @ts-expect-error a system image of Huawei Cloud cannot be shared with ECS
    new ImageShare("x", { cloud: hangzhou, image: base, with: "ecs" });
    // @ts-expect-error a backup already has a vault
    new FullEcsImage("x", { cloud: frankfurt, source: { backup: "b" }, vault: "v" });
    // @ts-expect-error the source is either a server or a backup
    new FullEcsImage("x", { cloud: older, source: { server: "s", backup: "b" } });
    // @ts-expect-error the source is either a server or a snapshot
    new CustomImage("x", { cloud: hangzhou, source: { server: "s", snapshot: "s" } });
    // @ts-expect-error CBR requires a vault
    new FullEcsImage("x", { cloud: frankfurt, source: { server: "s" } });
    // @ts-expect-error CSBS has no vaults
    new FullEcsImage("x", { cloud: older, source: { server: "s" }, vault: "v" });
    // @ts-expect-error a full-ECS image cannot be replicated
    new FullEcsImage("x", { cloud: older, source: { server: "s" }, copies: ["eu-nl"] });
    // @ts-expect-error an image with a CSBS backup cannot be shared
    new ImageShare("x", { cloud: older, image: erp, with: { projects: ["p"] } });
    // @ts-expect-error Huawei Cloud has no share with ECS
    new ImageShare("x", { cloud: frankfurt, image: erp, with: "ecs" });
    // @ts-expect-error only Huawei Cloud has projects
    new ImageShare("x", { cloud: hangzhou, image: golden, with: { projects: ["p"] } });
    // @ts-expect-error only Alibaba Cloud shares with accounts
    new ImageShare("x", { cloud: frankfurt, image: erp, with: { accounts: ["1000000000000002"] } });
    // @ts-expect-error an ECS image requires no share with ECS
    new ImageShare("x", { cloud: hangzhou, image: shop, with: "ecs" });
    // @ts-expect-error ECS requires a share of a custom image
    new EcsImage("x", { cloud: hangzhou, image: golden });
    // @ts-expect-error ECS requires a share of a custom image
    new EcsInstance("x", { cloud: hangzhou, image: golden, ...ecs });
    // @ts-expect-error only an ECS instance can use an ECS image
    new SimpleServer("x", { cloud: hangzhou, image: shop, plan: "p" });
    // @ts-expect-error confirmWipe is required
    new SystemDiskReplacement("x", { cloud: hangzhou, server: "s", image: golden });
    // @ts-expect-error a full-ECS image requires a Huawei Cloud server
    new SystemDiskReplacement("x", { cloud: hangzhou, server: "s", image: erp, confirmWipe: true });
    // @ts-expect-error a full-ECS image requires a Huawei Cloud server
    new SimpleServer("x", { cloud: hangzhou, image: erp, plan: "p" });
    // @ts-expect-error a custom image of Alibaba Cloud requires an Alibaba Cloud server
    new HuaweiServer("x", { cloud: frankfurt, image: golden, flavor: "f", ...network });
    // @ts-expect-error a full-ECS image cannot be copied
    new ImageCopy("x", { cloud: hangzhou, image: erp, to: "cn-shanghai" });
}

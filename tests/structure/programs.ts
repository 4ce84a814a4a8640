import {
    alibaba,
    CustomImage,
    EcsInstance,
    FullEcsImage,
    HuaweiServer,
    huawei,
    ImageCopy,
    ImageShare,
    SimpleServer,
} from "pulumi-machine-images";

// Never run: the compiler checks it with the other tests (npm run check). Every "expect-error" that compiles is an error.

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
    new SimpleServer("web", { cloud: hangzhou, image: golden, plan: "p", onDelete: { refund: true } });
    new ImageCopy("copy", { cloud: hangzhou, image: golden, to: "cn-shanghai" });
    const erp = new FullEcsImage("erp", { cloud: frankfurt, source: { server: "s" }, vault: "v" });
    new FullEcsImage("older", { cloud: older, source: { server: "s" }, guest: { sanPolicy: "OnlineAll" } });
    new ImageShare("partner", { cloud: frankfurt, image: erp, with: { projects: ["p"] } });
    new HuaweiServer("clone", { cloud: frankfurt, image: erp, flavor: "f", ...network });
}

export function programsThatDoNot(): void {
    const golden = new CustomImage("golden", { cloud: hangzhou, source: { server: "s" } });
    const erp = new FullEcsImage("erp", { cloud: older, source: { server: "s" } });
    // @ts-expect-error a Simple Application Server's image is not made in a Huawei region
    new CustomImage("x", { cloud: frankfurt, source: { server: "s" } });
    // @ts-expect-error either a server or a snapshot
    new CustomImage("x", { cloud: hangzhou, source: { server: "s", snapshot: "s" } });
    // @ts-expect-error CBR needs a vault
    new FullEcsImage("x", { cloud: frankfurt, source: { server: "s" } });
    // @ts-expect-error CSBS has no vaults
    new FullEcsImage("x", { cloud: older, source: { server: "s" }, vault: "v" });
    // @ts-expect-error a full-ECS image cannot be replicated
    new FullEcsImage("x", { cloud: older, source: { server: "s" }, copies: ["eu-nl"] });
    // @ts-expect-error an image made by CSBS cannot be shared
    new ImageShare("x", { cloud: older, image: erp, with: { projects: ["p"] } });
    // @ts-expect-error ECS is Alibaba Cloud's
    new ImageShare("x", { cloud: frankfurt, image: erp, with: "ecs" });
    // @ts-expect-error projects are Huawei Cloud's
    new ImageShare("x", { cloud: hangzhou, image: golden, with: { projects: ["p"] } });
    // @ts-expect-error a full-ECS image makes Huawei servers only
    new SimpleServer("x", { cloud: hangzhou, image: erp, plan: "p" });
    // @ts-expect-error a custom image makes Alibaba servers only
    new HuaweiServer("x", { cloud: frankfurt, image: golden, flavor: "f", ...network });
    // @ts-expect-error a full-ECS image cannot be copied
    new ImageCopy("x", { cloud: hangzhou, image: erp, to: "cn-shanghai" });
}

import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random";
import {
    alibaba,
    CustomImage,
    EcsInstance,
    FullEcsImage,
    HuaweiServer,
    huawei,
    ImageShare,
    SimpleServer,
} from "pulumi-machine-images";

// The defaults are servers of the simulator's default world; against a real cloud, name your own.
const config = new pulumi.Config();
const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de", profile: "cbr" });

// A golden image of a Simple Application Server, in two regions, shared with ECS.
const imageName = new RandomPet("golden-name", { prefix: "web", length: 2 });
const golden = new CustomImage("golden", {
    cloud: hangzhou,
    source: { server: config.get("webServer") ?? "ace0706b2ac4454d984295a942130001" },
    name: imageName.id,
    copies: ["cn-shanghai"],
    tags: { team: "web", stage: "golden" },
});
const share = new ImageShare("golden-to-ecs", { cloud: hangzhou, image: golden, with: "ecs" });

// Three servers from it: two simple ones and one ECS instance, which needs the share.
const webs = [1, 2].map(
    (number) =>
        new SimpleServer(`web-${number}`, {
            cloud: hangzhou,
            image: golden,
            plan: "swas.s2.c2m2s50b4t08",
            onDelete: { refund: true },
        }),
);
const api = new EcsInstance("api", {
    cloud: hangzhou,
    image: share,
    instanceType: "ecs.g7.large",
    securityGroup: "sg-bp1machineimages0001",
    vSwitch: "vsw-bp1machineimages0001",
});

// A whole server with its two data disks, and its twin.
const erp = new FullEcsImage("erp", {
    cloud: frankfurt,
    source: { server: config.get("erpServer") ?? "94eba8b2-acc9-4d82-badc-127144cc5526" },
    vault: config.get("erpVault") ?? "3b5816b5-f29c-4172-9d9a-76c719a659ce",
    guest: { volumesAcrossDisks: false },
    tags: { team: "erp" },
});
const clone = new HuaweiServer("erp-clone", {
    cloud: frankfurt,
    image: erp,
    flavor: "s3.large.2",
    vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
    subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
});

export const goldenImage = golden.id;
export const goldenInShanghai = golden.imageIn("cn-shanghai");
export const webServers = webs.map((web) => web.id);
export const apiServer = api.id;
export const erpImage = erp.id;
export const erpCloneDisks = clone.dataDisks;

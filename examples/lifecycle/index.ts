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

export const goldenImage = golden.id;
export const goldenInShanghai = golden.imageIn("cn-shanghai");
export const webServers = webs.map((web) => web.id);
export const apiServer = api.id;

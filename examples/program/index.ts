import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random";
import { alibaba, EcsImage, EcsInstance, Environment } from "pulumi-machine-images";

const config = new pulumi.Config();

// A parameter can be an output of another resource, or a number from the configuration.
const imageName = new RandomPet("golden-name", { prefix: "web", length: 2 });
const shop = new Environment("shop", {
    file: "environment.yaml",
    parameters: { "image-name": imageName.id, "web-count": config.requireNumber("webCount") },
});

// Other resources use the resources of the file: a copy of the image in ECS in another region, and an instance from it.
const hangzhou = alibaba({ region: "cn-hangzhou" });
const shanghai = alibaba({ region: "cn-shanghai" });
const base = new EcsImage("base", { cloud: hangzhou, image: shop.shares.golden["to-ecs"], to: shanghai.region });
const api = new EcsInstance("api", {
    cloud: shanghai,
    image: base,
    instanceType: "ecs.g7.large",
    securityGroup: config.get("securityGroup") ?? "sg-uf6machineimages0001",
    vSwitch: config.get("vSwitch") ?? "vsw-uf6machineimages0001",
});

export const golden = shop.images.golden.id;
export const webServers = shop.servers.web.map((server) => server.id);
export const baseImage = base.id;
export const apiServer = api.id;

import * as pulumi from "@pulumi/pulumi";
import { RandomPet } from "@pulumi/random";
import { alibaba, EcsImage, EcsInstance, Environment } from "pulumi-machine-images";

const config = new pulumi.Config();

// What another resource gives can be the value of a parameter, a number of the configuration too.
const imageName = new RandomPet("golden-name", { prefix: "web", length: 2 });
const shop = new Environment("shop", {
    file: "environment.yaml",
    parameters: { "image-name": imageName.id, "web-count": config.requireNumber("webCount") },
});

// Resources of this program use what the file makes: an own copy in another region's ECS, and an instance of it.
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

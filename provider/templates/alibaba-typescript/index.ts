import * as pulumi from "@pulumi/pulumi";
import { alibaba, CustomImage, ImageShare, SimpleServer } from "pulumi-machine-images";

// Every value has its default in Pulumi.yaml: `pulumi config set version 1.1.0` gives another.
const config = new pulumi.Config();
const cloud = alibaba({ region: config.require("region") });

// The snapshot that is taken of the server for it goes with the image. Another version is another image.
const golden = new CustomImage("golden", {
    cloud,
    source: { server: config.require("server") },
    version: config.require("version"),
    tags: { team: "web" },
});

// From here on ECS sees the image: an EcsInstance takes `image: share`.
const share = new ImageShare("golden-to-ecs", { cloud, image: golden, with: "ecs" });

const web = Array.from(
    { length: config.requireNumber("webServers") },
    (_, index) =>
        new SimpleServer(`web-${index + 1}`, {
            cloud,
            image: golden,
            plan: "swas.s2.c2m2s50b4t08",
            // The cloud has no other way to delete such a server; without it a delete fails and says so.
            onDelete: { refund: true },
        }),
);

export const image = golden.id;
export const imageInEcs = share.image;
export const addresses = web.map((server) => server.publicIpAddress);

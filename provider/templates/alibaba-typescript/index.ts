import * as pulumi from "@pulumi/pulumi";
import { alibaba, CustomImage, ImageShare, SimpleServer } from "pulumi-machine-images";

// The defaults are in Pulumi.yaml. To change a value, run for example `pulumi config set version 1.1.0`.
const config = new pulumi.Config();
const cloud = alibaba({ region: config.require("region") });

// The snapshot that is created for the image is deleted with it. A new version creates a new image.
const golden = new CustomImage("golden", {
    cloud,
    source: { server: config.require("server") },
    version: config.require("version"),
    tags: { team: "web" },
});

// Shares the image with ECS. To create an EcsInstance from it, set `image: share`.
const share = new ImageShare("golden-to-ecs", { cloud, image: golden, with: "ecs" });

const web = Array.from(
    { length: config.requireNumber("webServers") },
    (_, index) =>
        new SimpleServer(`web-${index + 1}`, {
            cloud,
            image: golden,
            plan: "swas.s2.c2m2s50b4t08",
            // The cloud can only refund such a server. Without this option, the deletion fails.
            onDelete: { refund: true },
        }),
);

export const image = golden.id;
export const imageInEcs = share.image;
export const addresses = web.map((server) => server.publicIpAddress);

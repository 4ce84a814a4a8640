import * as pulumi from "@pulumi/pulumi";
import { FullEcsImage, HuaweiServer, huawei } from "pulumi-machine-images";

// Every value has its default in Pulumi.yaml: `pulumi config set version 1.1.0` gives another.
const config = new pulumi.Config();
const region = config.require("region");
const isCsbs = config.get("profile", { allowedValues: ["cbr", "csbs"] }) === "csbs";

// The backup service, where its backup of the server goes, and so where the image is made.
const place = isCsbs
    ? { cloud: huawei({ region, profile: "csbs" }) }
    : { cloud: huawei({ region, profile: "cbr" }), vault: config.require("vault") };

// The backup that is made for it, of the server with all its disks, goes with the image. Another version is another image.
const erp = new FullEcsImage("erp", {
    ...place,
    source: { server: config.require("server") },
    version: config.require("version"),
    // The cloud cannot look inside: a volume across disks would break in every server made from the image.
    guest: { volumesAcrossDisks: false },
});

const twin = new HuaweiServer("erp-twin", {
    cloud: huawei({ region }),
    image: erp,
    flavor: "s3.large.2",
    vpc: config.require("vpc"),
    subnet: config.require("subnet"),
});

export const image = erp.id;
export const disks = erp.disks;
export const address = twin.privateIpAddress;

import * as pulumi from "@pulumi/pulumi";
import { FullEcsImage, HuaweiServer, huawei } from "pulumi-machine-images";

// The defaults are in Pulumi.yaml. To change a value, run for example `pulumi config set version 1.1.0`.
const config = new pulumi.Config();
const region = config.require("region");
const isCsbs = config.get("profile", { allowedValues: ["cbr", "csbs"] }) === "csbs";

// The backup service of the image. CBR stores the backup in a vault.
const place = isCsbs
    ? { cloud: huawei({ region, profile: "csbs" }) }
    : { cloud: huawei({ region, profile: "cbr" }), vault: config.require("vault") };

// The backup that is created for the image is deleted with it. A new version creates a new image.
const erp = new FullEcsImage("erp", {
    ...place,
    source: { server: config.require("server") },
    version: config.require("version"),
    // States that no volume spans disks: such a volume would break in every server created from the image, and the
    // cloud cannot detect it.
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

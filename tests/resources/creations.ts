import type { Handler } from "../../provider/dist/pulumi/dynamic/handler.js";
import { customImage } from "../../provider/dist/resources/customImage.handler.js";
import { ecsImage } from "../../provider/dist/resources/ecsImage.handler.js";
import { ecsInstance } from "../../provider/dist/resources/ecsInstance.handler.js";
import { fullEcsImage } from "../../provider/dist/resources/fullEcsImage.handler.js";
import { huaweiServer } from "../../provider/dist/resources/huaweiServer.handler.js";
import { imageCopy } from "../../provider/dist/resources/imageCopy.handler.js";
import { imageShare } from "../../provider/dist/resources/imageShare.handler.js";
import { simpleServer } from "../../provider/dist/resources/simpleServer.handler.js";
import { systemImage } from "../../provider/dist/resources/systemImage.handler.js";
import type { Managed, Properties, Simulated } from "./simulated.ts";

const alibaba = { type: "alibaba", region: "cn-hangzhou" };
const huawei = { type: "huawei", region: "eu-de", profile: "csbs" };
const timeouts = { create: "5h" };
const imaged = "94eba8b2-acc9-4d82-badc-127144cc5526";
const ubuntu = "ubuntu_22_04_x64_20G_alibase_20260101.vhd";

/** A resource that creates one object in a cloud, which costs money or counts for a quota. */
export interface Creation {
    name: string;
    profile?: "csbs";
    resource(world: Simulated, name: string): Managed;
    /** The kind of the object in the simulator. */
    kind: string;
    /** Creates what the resource needs. @returns the inputs */
    base(world: Simulated): Promise<Properties>;
    /** The numbers of changes after which a kill is tested. */
    changes: number;
    /** Whether it can be created without waiting until it is ready. */
    waits?: true;
    /** Another valid value for each input. */
    edits: Properties;
}

const of =
    <I extends object, S extends object>(handler: Handler<I, S>) =>
    (world: Simulated, name: string) =>
        world.resource(handler, name);

async function golden(world: Simulated): Promise<string> {
    const image = world.resource(customImage, "base");
    await image.up({ cloud: alibaba, source: { server: "ace0706b2ac4454d984295a942130001" }, timeouts });
    return String(image.id);
}

async function shared(world: Simulated): Promise<string> {
    const image = await golden(world);
    await world.resource(imageShare, "share").up({ cloud: alibaba, image, with: "ecs", timeouts });
    return image;
}

export const creations: Creation[] = [
    {
        name: "CustomImage",
        waits: true,
        changes: 2,
        resource: of(customImage),
        kind: "alibaba.customImage",
        base: async () => ({ cloud: alibaba, source: { server: "ace0706b2ac4454d984295a942130002" } }),
        edits: {
            source: { server: "ace0706b2ac4454d984295a942130001" },
            name: "web-2",
            description: "second",
            tags: { env: "new" },
            version: "2",
        },
    },
    {
        name: "ImageCopy",
        waits: true,
        changes: 1,
        resource: of(imageCopy),
        kind: "alibaba.customImage",
        base: async (world) => ({ cloud: alibaba, image: await golden(world), to: "cn-shanghai" }),
        edits: { name: "web-2", tags: { env: "new" }, version: "2" },
    },
    {
        name: "SimpleServer",
        changes: 2,
        resource: of(simpleServer),
        kind: "alibaba.server",
        base: async (world) => ({
            cloud: alibaba,
            image: await golden(world),
            plan: "swas.s2.c2m2s50b4t08",
            onDelete: { refund: true },
        }),
        edits: { name: "web-2", tags: { env: "new" } },
    },
    {
        name: "EcsImage",
        waits: true,
        changes: 1,
        resource: of(ecsImage),
        kind: "alibaba.ecsImage",
        base: async (world) => ({ cloud: alibaba, image: await shared(world) }),
        edits: { name: "web-2", description: "second", tags: { env: "new" }, encrypted: true, version: "2" },
    },
    {
        name: "EcsImage in another region",
        changes: 2,
        resource: of(ecsImage),
        kind: "alibaba.ecsImage",
        base: async (world) => ({ cloud: alibaba, image: await shared(world), to: "cn-shanghai" }),
        edits: { name: "web-2", description: "second", tags: { env: "new" } },
    },
    {
        name: "EcsInstance",
        changes: 1,
        resource: of(ecsInstance),
        kind: "alibaba.ecsInstance",
        base: async () => ({
            cloud: alibaba,
            image: ubuntu,
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
        }),
        edits: { name: "web-2", tags: { env: "new" }, systemDiskGiB: 60, instanceType: "ecs.g7.xlarge" },
    },
    {
        name: "FullEcsImage",
        waits: true,
        changes: 1,
        profile: "csbs",
        resource: of(fullEcsImage),
        kind: "huawei.image",
        base: async () => ({ cloud: huawei, source: { server: imaged }, guest: { volumesAcrossDisks: false } }),
        edits: { name: "web-2", description: "second", tags: { env: "new" }, minRamMiB: 2048, maxRamMiB: 8192 },
    },
    {
        name: "CustomImage on Huawei Cloud",
        waits: true,
        changes: 1,
        profile: "csbs",
        resource: of(systemImage),
        kind: "huawei.image",
        base: async () => ({ cloud: huawei, source: { server: imaged } }),
        edits: { name: "web-2", description: "second", tags: { env: "new" }, minRamMiB: 2048 },
    },
    {
        name: "HuaweiServer",
        changes: 1,
        profile: "csbs",
        resource: of(huaweiServer),
        kind: "huawei.server",
        base: async (world) => {
            const image = world.resource(systemImage, "base");
            await image.up({ cloud: huawei, source: { server: imaged }, timeouts });
            return {
                cloud: huawei,
                image: image.id,
                flavor: "s3.xlarge.2",
                vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
                subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
            };
        },
        edits: { name: "web-2", tags: { env: "new" }, systemDisk: { type: "SAS", sizeGiB: 60 } },
    },
];

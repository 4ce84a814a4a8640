import {
    alibaba,
    CustomImage,
    type CustomImageArgs,
    EcsInstance,
    ImageShare,
    SimpleServer,
    SystemDiskReplacement,
} from "pulumi-machine-images";

/** Alibaba Cloud resources that many changes use. */

export const hangzhou = alibaba({ region: "cn-hangzhou" });
export const shanghai = alibaba({ region: "cn-shanghai" });

export const source = { server: "ace0706b2ac4454d984295a942130001" };
export const otherSource = { server: "ace0706b2ac4454d984295a942130002" };
/** Another account. */
export const partner = "1000000000000002";
/** The server whose system disk gets images. */
export const wipedServer = "ace0706b2ac4454d984295a942130003";

export const golden = (args: Partial<CustomImageArgs> = {}) =>
    new CustomImage("golden", { cloud: hangzhou, source, description: "first", ...args });

export const toEcs = (image: CustomImage) => new ImageShare("to-ecs", { cloud: hangzhou, image, with: "ecs" });

export const machine = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };

export const api = (image: ImageShare, tags?: Record<string, string>) =>
    new EcsInstance("api", { cloud: hangzhou, image, ...machine, tags });

export const web = (image: CustomImage, plan = "swas.s2.c2m2s50b4t08") =>
    new SimpleServer("web", { cloud: hangzhou, image, plan, onDelete: { refund: true } });

export const toPartner = (image: CustomImage) =>
    new ImageShare("to-partner", { cloud: hangzhou, image, with: { accounts: [partner] } });

export const wiped = (image: CustomImage) =>
    new SystemDiskReplacement("system", { cloud: hangzhou, server: wipedServer, image, confirmWipe: true });

/** An image with a copy, shared with ECS and a partner, with servers created from it and a system disk that has it. */
export function whole(args: Partial<CustomImageArgs> = {}): void {
    const image = golden({ copies: ["cn-shanghai"], onDelete: { ifInUse: "retain" }, ...args });
    api(toEcs(image));
    toPartner(image);
    web(image);
    wiped(image);
}

import {
    alibaba,
    CustomImage,
    EcsImage,
    EcsInstance,
    FullEcsImage,
    HuaweiServer,
    huawei,
    type ImageOptionArgs,
    ImageShare,
    SimpleServer,
} from "pulumi-machine-images";

/** A change of the program. Each key is set on all resources that have this option. */
export interface Written {
    tags?: Record<string, string>;
    /** Set on the FullEcsImage. On a CustomImage it would cause a replacement. */
    description?: string;
    names?: { image: string; server: string; simpleServer: string };
    timeouts?: { create?: string; update?: string; delete?: string };
    /** Options of every image. */
    options?: Pick<ImageOptionArgs, "deleteProtection" | "keepVersions" | "onDelete" | "wait">;
    /** Explicit defaults. */
    isVerbose?: boolean;
}

const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de", profile: "cbr" });
const otherAccount = "1000000000000002";
const partner = "b0000000000000000000000000000001";
const network = { vpc: "0dae26c9-9a70-4392-93f3-87d53115d171", subnet: "157ee789-03ea-45b1-a698-76c92660dd83" };

const defaults = {
    deleteProtection: false,
    keepVersions: 0,
    onDelete: { unshare: false, children: "delete", ifInUse: "block" },
    wait: "all-regions",
} as const;

/**
 * A program with every resource of the package on both clouds. New resources must be added here. SystemDiskReplacement
 * has a separate stack (systemDisks.test.ts), because the server that it leaves behind uses the image.
 */
export const everyResource =
    (written: Written = {}) =>
    async () => {
        const { tags = { team: "web" }, timeouts, names, options = written.isVerbose ? defaults : {} } = written;
        const golden = new CustomImage("golden", {
            cloud: hangzhou,
            source: {
                server: "ace0706b2ac4454d984295a942130001",
                ...(written.isVerbose ? { dataDisk: false } : {}),
            },
            copies: ["cn-shanghai"],
            tags,
            timeouts,
            ...options,
            ...(written.isVerbose ? { description: "" } : {}),
        });
        const share = new ImageShare("to-ecs", { cloud: hangzhou, image: golden, with: "ecs", timeouts });
        new SimpleServer("web", {
            cloud: hangzhou,
            image: golden,
            plan: "swas.s2.c2m2s50b4t08",
            name: names?.simpleServer,
            tags,
            timeouts,
            onDelete: { refund: true },
        });
        new EcsInstance("api", {
            cloud: hangzhou,
            image: share,
            instanceType: "ecs.g7.large",
            securityGroup: "sg-1",
            vSwitch: "vsw-1",
            systemDiskGiB: 60,
            tags,
            timeouts,
        });
        const erp = new FullEcsImage("erp", {
            cloud: frankfurt,
            source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
            vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
            guest: { volumesAcrossDisks: false },
            name: names?.image,
            description: written.description ?? (written.isVerbose ? "" : undefined),
            tags,
            timeouts,
            ...options,
        });
        new ImageShare("to-accounts", { cloud: hangzhou, image: golden, with: { accounts: [otherAccount] }, timeouts });
        new EcsImage("own", { cloud: hangzhou, image: share, tags, timeouts, ...options });
        const base = new CustomImage("base", {
            cloud: frankfurt,
            source: { server: "dc061562-b461-5176-bed8-f8eef7849e41" },
            tags,
            timeouts,
            ...options,
            ...(written.isVerbose ? { description: "" } : {}),
        });
        new ImageShare("base-to-partner", {
            cloud: frankfurt,
            image: base,
            with: { projects: [] },
            accept: [{ cloud: huawei({ region: "eu-de", account: "partner" }) }],
            timeouts,
        });
        new ImageShare("to-partner", { cloud: frankfurt, image: erp, with: { projects: [partner] }, timeouts });
        new HuaweiServer("twin", {
            cloud: frankfurt,
            image: erp,
            flavor: "s3.xlarge.2",
            ...network,
            systemDisk: written.isVerbose ? { type: "SSD" } : undefined,
            name: names?.server,
            tags,
            timeouts,
        });
    };

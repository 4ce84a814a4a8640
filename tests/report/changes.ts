import * as pulumi from "@pulumi/pulumi";
import {
    alibaba,
    CustomImage,
    type CustomImageArgs,
    EcsInstance,
    FullEcsImage,
    huawei,
    ImageShare,
    SimpleServer,
    SystemDiskReplacement,
} from "pulumi-machine-images";

/** A change to a stack, of which a report is written. */
export interface Change {
    name: string;
    /** What is up already; nothing when left out. */
    before?: () => void;
    /** The program that is previewed. */
    after: () => void;
    /** What somebody does with another tool in between. */
    byHand?: "shares the image" | "makes a server";
}

const hangzhou = alibaba({ region: "cn-hangzhou" });
const source = { server: "ace0706b2ac4454d984295a942130001" };
const plan = "swas.s2.c2m2s50b4t08";

const golden = (args: Partial<CustomImageArgs> = {}) =>
    new CustomImage("golden", { cloud: hangzhou, source, description: "first", ...args });
const toEcs = (image: CustomImage) => new ImageShare("to-ecs", { cloud: hangzhou, image, with: "ecs" });
const api = (image: ImageShare) =>
    new EcsInstance("api", {
        cloud: hangzhou,
        image,
        instanceType: "ecs.g7.large",
        securityGroup: "sg-1",
        vSwitch: "vsw-1",
    });
const web = (image: CustomImage) =>
    new SimpleServer("web", { cloud: hangzhou, image, plan, onDelete: { refund: true } });
const partner = (image: CustomImage) =>
    new ImageShare("to-partner", { cloud: hangzhou, image, with: { accounts: ["1000000000000002"] } });
const wiped = (image: CustomImage) =>
    new SystemDiskReplacement("system", {
        cloud: hangzhou,
        server: "ace0706b2ac4454d984295a942130003",
        image,
        confirmWipe: true,
    });

/** An image with a copy, shared with ECS and a partner, with servers made from it and a disk that has it. */
function whole(args: Partial<CustomImageArgs> = {}): void {
    const image = golden({ copies: ["cn-shanghai"], onDelete: { ifInUse: "retain" }, ...args });
    api(toEcs(image));
    partner(image);
    web(image);
    wiped(image);
}

export const changes: Change[] = [
    {
        name: "first-up",
        after: () => whole(),
    },
    {
        name: "tag-edit",
        before: () => void golden({ tags: { team: "web" }, copies: ["cn-shanghai"] }),
        after: () => void golden({ tags: { team: "app" }, copies: ["cn-shanghai"] }),
    },
    {
        name: "rename",
        before: () => void web(golden({ name: "golden-one" })),
        after: () => void web(golden({ name: "golden-two" })),
    },
    {
        name: "same-name",
        before: () => void toEcs(golden({ name: "golden-one" })),
        after: () => void toEcs(golden({ name: "golden-one", description: "second" })),
    },
    {
        name: "new-source",
        before: () => void api(toEcs(golden())),
        after: () => void api(toEcs(golden({ source: { server: "ace0706b2ac4454d984295a942130002" } }))),
    },
    {
        name: "added-region",
        before: () => void golden(),
        after: () => void golden({ copies: ["cn-shanghai"] }),
    },
    {
        name: "removed-region",
        before: () => void golden({ copies: ["cn-shanghai"] }),
        after: () => void golden(),
    },
    {
        name: "share-added",
        before: () => void golden(),
        after: () => void partner(golden()),
    },
    {
        name: "share-removed",
        before: () => void partner(golden()),
        after: () => void golden(),
    },
    {
        name: "hand-made-share",
        before: () => void golden(),
        byHand: "shares the image",
        after: () => {},
    },
    {
        name: "in-use-elsewhere",
        before: () => void golden(),
        byHand: "makes a server",
        after: () => {},
    },
    {
        name: "wipe",
        before: () => void wiped(golden({ onDelete: { ifInUse: "retain" } })),
        after: () => void wiped(golden({ onDelete: { ifInUse: "retain" }, description: "second" })),
    },
    {
        name: "windows-without-san-policy",
        after: () =>
            void new FullEcsImage("erp", {
                cloud: huawei({ region: "eu-de", profile: "csbs" }),
                source: { server: process.env.WINDOWS_SERVER ?? "" },
            }),
    },
    {
        name: "full-image",
        before: () => erp("first"),
        after: () => {},
    },
    {
        name: "keep-versions",
        before: () => void web(golden({ keepVersions: 1 })),
        after: () => void web(golden({ keepVersions: 1, description: "second" })),
    },
    {
        name: "nothing",
        before: () => void golden(),
        after: () => void golden(),
    },
    {
        name: "everything",
        before: () => whole(),
        after: () => whole({ description: "second", copies: [], tags: { team: "app" } }),
    },
    {
        name: "secrets",
        before: () => void golden({ tags: { owner: pulumi.secret("old-top-secret") } }),
        after: () => void golden({ tags: { owner: pulumi.secret("new-top-secret") } }),
    },
];

function erp(description: string): void {
    new FullEcsImage("erp", {
        cloud: huawei({ region: "eu-de", profile: "csbs" }),
        source: { server: "94eba8b2-acc9-4d82-badc-127144cc5526" },
        guest: { volumesAcrossDisks: false },
        onDelete: { children: "retain" },
        description,
    });
}

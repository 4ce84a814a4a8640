import {
    CustomImage,
    EcsImage,
    EcsInstance,
    ImageShare,
    SimpleServer,
    SystemDiskReplacement,
} from "pulumi-machine-images";
import type { Change } from "../change.ts";
import { api, golden, hangzhou, machine, otherSource, shanghai, source, toEcs, web, wiped } from "./swas.ts";

/** Alibaba Cloud servers created from images, and images that are replaced or deleted together with their servers. */
export const servers: Change[] = [
    {
        name: "new-source",
        before: [() => api(toEcs(golden()))],
        after: () => api(toEcs(golden({ source: otherSource }))),
    },
    {
        name: "same-name",
        isVariant: true,
        before: [() => toEcs(golden({ name: "golden-one" }))],
        after: () => toEcs(golden({ name: "golden-one", description: "second" })),
    },
    {
        name: "same-name-with-servers",
        before: [() => namesake("first")],
        after: () => namesake("second"),
    },
    {
        name: "same-name-without-share",
        isVariant: true,
        options: ["--show-replacement-steps"],
        before: [() => api(toEcs(golden({ name: "golden-one" })))],
        after: () => golden({ name: "golden-one", description: "second" }),
    },
    {
        name: "same-name-and-a-server-beside",
        isVariant: true,
        before: [() => beside("first", "swas.s2.c2m2s50b4t08")],
        after: () => beside("second", "swas.s2.c2m4s60b5t12"),
    },
    {
        name: "same-name-with-versions",
        isVariant: true,
        before: [() => versions("first"), () => versions("second")],
        after: () => versions("second", "golden-second"),
    },
    {
        name: "same-name-on-a-disk",
        isVariant: true,
        before: [() => wiped(golden({ name: "golden-one" }))],
        after: () => wiped(golden({ name: "golden-one", description: "second" })),
    },
    {
        name: "new-plan",
        isVariant: true,
        before: [() => web(golden())],
        after: () => web(golden(), "swas.s2.c2m4s60b5t12"),
    },
    {
        name: "server-tags",
        isVariant: true,
        before: [() => api(toEcs(golden()), { team: "web" })],
        after: () => api(toEcs(golden()), { team: "app" }),
    },
    {
        name: "server-removed",
        isVariant: true,
        before: [
            () => {
                const image = golden();
                api(toEcs(image));
                web(image);
            },
        ],
        after: () => toEcs(golden()),
    },
    {
        name: "server-without-refund",
        before: [() => new SimpleServer("web", { cloud: hangzhou, image: golden(), plan: "swas.s2.c2m2s50b4t08" })],
        after: () => {},
    },
    {
        name: "wipe",
        before: [() => wiped(golden({ onDelete: { ifInUse: "retain" } }))],
        after: () => wiped(golden({ onDelete: { ifInUse: "retain" }, description: "second" })),
    },
    {
        name: "disk-moves-on",
        isVariant: true,
        before: [
            () => {
                silver();
                wiped(golden());
            },
        ],
        after: () => wiped(silver()),
    },
    {
        name: "disk-moves-on-and-is-waited-for",
        isVariant: true,
        before: [
            () => {
                silver();
                wiped(golden({ onDelete: { ifInUse: "wait" } }));
            },
        ],
        after: () => wiped(silver()),
    },
    {
        name: "instance-gets-another-disk",
        before: [() => rebuilt("first")],
        after: () => rebuilt("second"),
    },
    {
        name: "ecs-images-over-regions",
        before: [() => chain("first")],
        after: () => chain("second"),
    },
    {
        name: "all-gone",
        isVariant: true,
        before: [() => chain("first")],
        after: () => {},
    },
];

const silver = () => new CustomImage("silver", { cloud: hangzhou, source });

/** An image with a fixed name, which must be deleted before its successor is created, and all of its dependents. */
function namesake(description: string): void {
    const image = golden({ name: "golden-one", description, copies: ["cn-shanghai"] });
    const share = toEcs(image);
    const shop = new EcsImage("shop", { cloud: hangzhou, image: share, to: "cn-shanghai" });
    new EcsInstance("far", { cloud: shanghai, image: shop, ...machine });
    api(share);
    web(image);
}

/** An image that must be deleted first, and a server of another image that depends on it only through dependsOn. */
function beside(description: string, plan: string): void {
    const image = golden({ name: "golden-one", description });
    const args = { cloud: hangzhou, image: "a5b0c3d1e2f34455867788990a1b2c01", plan, onDelete: { refund: true } };
    new SimpleServer("beside", args, { dependsOn: image });
}

/** ECS images that keep their earlier versions, created from an image that must be deleted first. */
function versions(description: string, ofGolden = "golden-first"): void {
    const share = toEcs(golden({ name: "golden-one", description: ofGolden }));
    new EcsImage("near", {
        cloud: hangzhou,
        image: share,
        description,
        keepVersions: 1,
        encrypted: description === "second",
    });
}

/** An instance whose system disk gets another image than the one it was created from. */
function rebuilt(description: string): void {
    const instance = api(toEcs(golden()));
    const image = new CustomImage("rebuilt", { cloud: hangzhou, source, description });
    const share = new ImageShare("rebuilt-to-ecs", { cloud: hangzhou, image, with: "ecs" });
    new SystemDiskReplacement("system", { cloud: hangzhou, server: instance.id, image: share, confirmWipe: true });
}

/** ECS images in two regions, one copied from the other, with an instance of each. */
function chain(description: string): void {
    const share = toEcs(golden({ description }));
    const near = new EcsImage("near", { cloud: hangzhou, image: share });
    const far = new EcsImage("far", { cloud: hangzhou, image: near, to: "cn-shanghai", tags: { team: "shop" } });
    new EcsInstance("near-shop", { cloud: hangzhou, image: near, ...machine });
    new EcsInstance("far-shop", { cloud: shanghai, image: far, ...machine });
}

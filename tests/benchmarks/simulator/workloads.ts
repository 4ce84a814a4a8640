import type { LoadPlan } from "./loadPlan.ts";
import { someAmi } from "./moto.ts";
import { key, products, region } from "./ours.ts";
import { ecsImageId, imageId } from "./seededData.ts";

/** The requests without their number. */
export type Workload = Pick<LoadPlan, "variants" | "expects" | "protocol">;

/** Enough different requests that no single one stays cached. */
const spread = 64;

function someOf(count: number): number[] {
    const amount = Math.min(spread, count);
    return Array.from({ length: amount }, (_, index) => Math.floor((index * count) / amount));
}

function ours(
    product: keyof typeof products,
    action: string,
    expects: string,
    variants: readonly Record<string, string>[],
): Workload {
    return {
        variants: variants.map((variant) => ({ RegionId: region, ...variant })),
        expects,
        protocol: { kind: "acs3", key, version: products[product], action },
    };
}

const pageSize = 50;

function pages(images: number): Record<string, string>[] {
    const count = Math.max(1, Math.floor(images / pageSize));
    return someOf(count).map((page) => ({ PageNumber: String(page + 1), PageSize: String(pageSize) }));
}

/** By the name in the table. All requests are for objects of a data file with this many images. */
export const ourWorkloads = {
    "SWAS ListCustomImages, 1 id": (images: number) =>
        ours(
            "swas",
            "ListCustomImages",
            '"ImageId":"m-bpbench',
            someOf(images).map((n) => ({ ImageIds: JSON.stringify([imageId(n)]) })),
        ),
    "ECS DescribeImages, 1 id": (images: number) =>
        ours(
            "ecs",
            "DescribeImages",
            '"ImageId":"m-bpecs00',
            someOf(images).map((n) => ({ ImageId: ecsImageId(n) })),
        ),
    "ECS CopyImage": () =>
        ours("ecs", "CopyImage", '"ImageId":"m-', [{ ImageId: ecsImageId(0), DestinationImageName: "copy-{n}" }]),
    "SWAS TagResources": (images: number) =>
        ours(
            "swas",
            "TagResources",
            '"RequestId"',
            someOf(images).map((n) => ({
                ResourceType: "customimage",
                "ResourceId.1": imageId(n),
                "Tag.1.Key": "bench",
                "Tag.1.Value": "{n}",
            })),
        ),
    "SWAS ListCustomImages, page of 50": (images: number) =>
        ours("swas", "ListCustomImages", '"ImageId":"m-bpbench', pages(images)),
    "ECS DescribeImages, page of 50": (images: number) => ours("ecs", "DescribeImages", '"ImageId":"m-', pages(images)),
} as const satisfies Record<string, (images: number) => Workload>;

export type OurWorkload = keyof typeof ourWorkloads;

export const motoWorkloads = {
    describe: (): Workload => ({
        variants: [{ "ImageId.1": someAmi }],
        expects: `<imageId>${someAmi}`,
        protocol: { kind: "aws", action: "DescribeImages" },
    }),
    copy: (source: string): Workload => ({
        variants: [{ SourceImageId: source, SourceRegion: "us-east-1", Name: "copy-{n}" }],
        expects: "<imageId>ami-",
        protocol: { kind: "aws", action: "CopyImage" },
    }),
    /** moto ignores MaxResults and returns everything. */
    page: (): Workload => ({
        variants: [{ "Owner.1": "self", MaxResults: String(pageSize) }],
        expects: "<imageId>ami-",
        protocol: { kind: "aws", action: "DescribeImages" },
    }),
};

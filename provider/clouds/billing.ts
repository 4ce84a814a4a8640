/** What the clouds bill for an image as long as it exists. Reports, `status` and the documentation use this table. */

/** A part of an image that is billed by its size. */
export type BilledPart = "image" | "snapshot" | "backup";

/** By the kind of image; undefined where neither the image nor what belongs to it is billed. */
export const billedPartOf = {
    // Simple Application Server, Billing FAQ: custom images and snapshots are free.
    custom: undefined,
    // ECS, Images, Billing: the snapshots behind a custom image are billed, the image is not.
    ecs: "snapshot",
    // Huawei Cloud, Image Management Service, Billing: storage of private images.
    system: "image",
    // Open Telekom Cloud, Image Management Service, FAQ: the image is free, its backup is billed.
    "full-ecs": "backup",
} as const satisfies Record<string, BilledPart | undefined>;

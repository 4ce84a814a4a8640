import type { Quota } from "../../core/quotas";

/** The limits of Elastic Compute Service. */
export const ecsQuotas = {
    parallelCopies: {
        name: "alibaba.ecs.parallelCopies",
        value: 5,
        what: "copies of images that run at once in a region of an account; the rest wait",
        source: "CopyImage (SDK 7.11.6)",
    },
    shareAccounts: {
        name: "alibaba.ecs.shareAccounts",
        value: 50,
        what: "accounts with which an image is shared",
        source: "ModifyImageSharePermission (SDK 7.11.6)",
    },
} as const satisfies Record<string, Quota>;

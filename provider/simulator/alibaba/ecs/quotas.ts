import type { Quota } from "../../core/quotas";

/** The quotas of Elastic Compute Service. */
export const ecsQuotas = {
    parallelCopies: {
        name: "alibaba.ecs.parallelCopies",
        value: 5,
        what: "image copies that run at once in a region of an account; further copies wait",
        source: "CopyImage (SDK 7.11.6)",
    },
    shareAccounts: {
        name: "alibaba.ecs.shareAccounts",
        value: 50,
        what: "accounts that an image can be shared with",
        source: "ModifyImageSharePermission (SDK 7.11.6)",
    },
} as const satisfies Record<string, Quota>;

/** Alibaba Cloud in one region, as a resource's `cloud` argument holds it. Plain data, without credentials. */
export interface AlibabaCloud {
    type: "alibaba";
    /** Region id, for example "cn-hangzhou". */
    region: string;
    /**
     * The account: a name in `machine-images:accounts`, or a profile of the cloud's own tools.
     * @default the account of the stack's configuration
     */
    account?: string;
}

/** Huawei Cloud or Open Telekom Cloud in one region, as a resource's `cloud` argument holds it. */
export interface HuaweiCloud<Profile extends "csbs" | "cbr" = "csbs" | "cbr"> {
    type: "huawei";
    /** Region id, for example "eu-de" (Open Telekom Cloud) or "cn-north-4" (Huawei Cloud). */
    region: string;
    /**
     * The backup service behind full-server images: "cbr" (current, requires a vault) or "csbs" (Open Telekom Cloud
     * before 2020-08-12).
     * @default "cbr"
     */
    profile?: Profile;
    /**
     * The account: a name in `machine-images:accounts`, or a profile of the cloud's own tools.
     * @default the account of the stack's configuration
     */
    account?: string;
}

export type Cloud = AlibabaCloud | HuaweiCloud;

/**
 * Selects Alibaba Cloud in one region. The account and the endpoint come from the stack's configuration or the usual
 * environment variables, never from the program, so keys are not stored with the resources.
 *
 * @example
 * const hangzhou = alibaba({ region: "cn-hangzhou" });
 *
 */
export function alibaba(where: Omit<AlibabaCloud, "type">): AlibabaCloud {
    return { type: "alibaba", ...where };
}

/**
 * Selects Huawei Cloud or Open Telekom Cloud in one region. The account and the endpoint come from the stack's
 * configuration or the usual environment variables.
 *
 * @example
 * const frankfurt = huawei({ region: "eu-de", profile: "csbs" });
 *
 */
export function huawei<Profile extends "csbs" | "cbr" = "cbr">(where: {
    /** Region id, for example "eu-de" (Open Telekom Cloud) or "cn-north-4" (Huawei Cloud). */
    region: string;
    /**
     * The backup service behind full-server images: "cbr" (current, requires a vault) or "csbs" (Open Telekom Cloud
     * before 2020-08-12).
     * @default "cbr"
     */
    profile?: Profile;
    /**
     * The account: a name in `machine-images:accounts`, or a profile of the cloud's own tools.
     * @default the account of the stack's configuration
     */
    account?: string;
}): HuaweiCloud<Profile> {
    return { type: "huawei", ...where };
}

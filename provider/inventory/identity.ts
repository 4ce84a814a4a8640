import type { AlibabaRegion } from "../clouds/connect";
import { CloudError, UserError } from "../clouds/errors";
import type { HuaweiRegion } from "../clouds/huawei/region";
import type { ReachedAccount } from "./status";

/** The account that was reached, or why it cannot be determined. */
export type Reached = { reached: ReachedAccount } | { note: string };

/** The account whose keys are used in a region of Alibaba Cloud. */
export function alibabaIdentity({ sts }: AlibabaRegion): Promise<Reached> {
    return known(async () => {
        const { id, arn } = await sts.getCallerIdentity();
        // acs:ram::1:root, acs:ram::1:user/name, acs:ram::1:assumed-role/name/session
        const [, kind, name] = /:(user|assumed-role)\/([^/]+)/.exec(arn ?? "") ?? [];
        if (kind === undefined || name === undefined) return { id };
        return { id, actor: { kind: kind === "user" ? "user" : "role", name } };
    });
}

/** The account whose keys are used in a region of Huawei Cloud. */
export function huaweiIdentity(region: HuaweiRegion): Promise<Reached> {
    return known(() => region.account());
}

/** Keys may have permission to read the account but not to ask for its identity. */
async function known(ask: () => Promise<ReachedAccount>): Promise<Reached> {
    try {
        return { reached: await ask() };
    } catch (error) {
        if (!(error instanceof CloudError || error instanceof UserError)) throw error;
        return { note: `cannot determine the account of these keys: ${error.message}` };
    }
}

import { z } from "zod";
import type { Clouds } from "../../clouds/connect";
import { CloudError, UserError } from "../../clouds/errors";
import type { Properties } from "./plainJson";
import type { Run } from "./run";

/** The key of an output: the Alibaba Cloud account or Huawei Cloud project of the object. */
export const accountKey = "__account";

const cloud = z.union([
    z.looseObject({ type: z.literal("alibaba"), region: z.string(), account: z.string().optional() }),
    z.looseObject({ type: z.literal("huawei"), region: z.string(), account: z.string().optional() }),
]);

/**
 * The account or project that the keys in use belong to. Undefined for a resource without a cloud, and if the lookup
 * fails.
 */
export async function reachedAccount(run: Run, clouds: Clouds, properties: Properties): Promise<string | undefined> {
    const { data } = cloud.safeParse(properties.cloud);
    if (!data) return undefined;
    return run.account(data, async () => {
        try {
            if (data.type === "huawei") return await (await clouds.huawei(data)).project();
            return (await (await clouds.alibaba(data)).sts.getCallerIdentity()).id;
        } catch (error) {
            if (!(error instanceof CloudError || error instanceof UserError)) throw error;
            return undefined;
        }
    });
}

/**
 * Refuses to read, change or delete an object with the keys of another account. With those keys the object would seem
 * not to exist, and Pulumi would remove it from the state. States of version 0.1.0 do not contain the account.
 */
export async function refuseOtherAccount(run: Run, clouds: Clouds, id: string, olds: Properties): Promise<void> {
    const known = olds[accountKey];
    if (typeof known !== "string") return;
    const reached = await reachedAccount(run, clouds, olds);
    if (reached === undefined || reached === known) return;
    const noun = Object(olds.cloud).type === "huawei" ? "project" : "account";
    throw new UserError(
        `${id} is in ${noun} ${known}, but the keys in use belong to ${noun} ${reached}: use the keys of ${noun} ${known}. ` +
            '"machine-images status" prints the account of the keys',
    );
}

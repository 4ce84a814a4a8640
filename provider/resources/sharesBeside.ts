import { z } from "zod";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import type { Owner } from "../pulumi/dynamic/owner";
import type { Properties } from "../pulumi/dynamic/plainJson";
import { everyoneOf, kindOf, type Recipients, recipientsOf } from "../reconcile/shares/recipients";
import { huaweiCloud } from "./inputs";

export const recipients = z
    .union(
        [
            z.literal("ecs"),
            z.strictObject({ accounts: z.array(z.string().min(1)).min(1) }),
            z.strictObject({ projects: z.array(z.string().min(1)) }),
        ],
        { error: 'must be "ecs", { accounts: ["<account id>"] } or { projects: ["<project id>"] }' },
    )
    .refine((given) => new Set(recipientsOf(given)).size === recipientsOf(given).length, "must not contain duplicates")
    .refine(
        (given) => kindOf(given) !== "accounts" || recipientsOf(given).every((account) => /^\d{1,16}$/.test(account)),
        "must list Alibaba Cloud account ids (16 digits), not ids of RAM users",
    );

export const acceptances = z.array(z.strictObject({ cloud: huaweiCloud, vault: z.string().min(1).optional() }));

/** Identifies an ImageShare among other resources: no other resource has recipients in its inputs. */
const anyShare = z.object({
    image: z.string(),
    with: recipients,
    accept: acceptances.optional(),
    acceptedBy: z.array(z.string()).optional(),
});

/**
 * The recipients of an image that the deletion of an ImageShare must keep, because another share of the program or of
 * any stack's state has them. A share that was renamed without an alias is created before the old one is deleted.
 */
export async function recipientsBeside(
    { clouds, holders }: Pick<HandlerContext, "clouds" | "holders">,
    share: { image: string; with: Recipients },
    owner: Owner | undefined,
    successor?: Properties,
): Promise<string[]> {
    const others = await holders.othersWith(owner, { name: "image", value: share.image });
    const found: string[] = [];
    for (const other of successor ? [successor, ...others] : others) {
        const { data } = anyShare.safeParse(other);
        if (data?.image !== share.image || kindOf(data.with) !== kindOf(share.with)) continue;
        found.push(...(await everyoneOf(clouds, data)));
    }
    return found;
}

/** An ImageShare of an image in a state: its URN, and all recipients. */
interface StoredShare {
    urn: string;
    recipients: readonly string[];
}

/**
 * The ImageShares of an image in the states of all stacks; "unknown" if the states cannot be read or do not show it.
 */
export async function storedRecipients(
    { clouds, holders }: Pick<HandlerContext, "clouds" | "holders">,
    image: string,
): Promise<readonly StoredShare[] | "unknown"> {
    const stored = await holders.storedWith({ name: "image", value: image });
    if (stored === "unknown") return "unknown";
    const found: StoredShare[] = [];
    for (const { urn, inputs, outputs } of stored) {
        // Only an ImageShare has recipients.
        if (!("with" in inputs)) continue;
        const { data } = anyShare.safeParse({ ...outputs, ...inputs });
        if (!data) return "unknown";
        found.push({ urn, recipients: await everyoneOf(clouds, data) });
    }
    return found;
}

import { isGone } from "../../clouds/alibaba/failures";
import { ecsShareAccounts, type MostRecipients, swasShareAccounts, swasShareOfData } from "../../clouds/capabilities";
import type { AlibabaRegion } from "../../clouds/connect";
import { UserError } from "../../clouds/errors";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { ecsImages } from "../images/ecsImages";
import { swasImages } from "../images/swasImages";
import { waitForImage } from "../images/waitForImage";
import { ignoreNotFound } from "../notFound";
import { awaited, type PollResult, waitUntil } from "../polling/waiting";
import type { OpenShare } from "./recipients";

/** The accounts that an image is shared with. */
interface SharedAccounts {
    /** "image m-bp1… in cn-hangzhou". */
    what: string;
    most: MostRecipients;
    /** The account that owns the image; undefined if the image does not exist. */
    owner(): Promise<string | undefined>;
    /** Waits until the image can be shared. */
    ready(limit: number): Promise<void>;
    list(): Promise<string[]>;
    add(accounts: string[]): Promise<void>;
    remove(accounts: string[]): Promise<void>;
}

/** Accounts that see a SWAS image in SWAS of the same region. */
export function swasAccounts(context: HandlerContext, region: AlibabaRegion, imageId: string): SharedAccounts {
    const { swas } = region;
    const images = swasImages(region);
    return {
        what: `image ${imageId} in ${region.region}`,
        most: swasShareAccounts,
        owner: async () => (await images.find(imageId))?.ownerId,
        async ready(limit) {
            const image = await waitForImage(context, images, imageId, limit);
            if (image.dataSnapshotId) context.warn(`image ${imageId}: ${swasShareOfData}`);
        },
        list: async () => {
            if (!(await images.find(imageId))) return [];
            return (await swas.listCustomImageShareAccounts(imageId)).map(({ accountId }) => accountId);
        },
        add: (accounts) => swas.addCustomImageShareAccounts({ imageId, accounts }),
        remove: (accounts) => swas.removeCustomImageShareAccounts({ imageId, accounts }),
    };
}

/** Accounts that see an own ECS image in ECS of the same region. */
export function ecsAccounts(context: HandlerContext, region: AlibabaRegion, imageId: string): SharedAccounts {
    const { ecs } = region;
    const images = ecsImages(region);
    return {
        what: `image ${imageId} in ECS ${region.region}`,
        most: ecsShareAccounts,
        owner: async () => (await images.find(imageId))?.ownerId,
        async ready(limit) {
            await waitForImage(context, images, imageId, limit);
        },
        list: async () => {
            if (!(await images.find(imageId))) return [];
            return (await ecs.describeImageSharePermission(imageId)).map(({ accountId }) => accountId);
        },
        add: (accounts) => ecs.modifyImageSharePermission({ imageId, addAccounts: accounts }),
        remove: (accounts) => ecs.modifyImageSharePermission({ imageId, removeAccounts: accounts }),
    };
}

/**
 * Shares with a set of accounts: adds only missing accounts, removes only existing ones, and leaves accounts that
 * somebody else added unchanged.
 */
export function shareWithAccounts(context: HandlerContext, shared: SharedAccounts, accounts: string[]): OpenShare {
    const present = async (wanted: readonly string[]) => {
        const listed = await shared.list();
        return wanted.filter((account) => listed.includes(account));
    };

    async function refusal(dropped: readonly string[]): Promise<string | undefined> {
        const owner = await shared.owner();
        if (owner === undefined) return undefined;
        if (accounts.includes(owner)) return `account ${owner} owns the image: remove it`;
        const others = (await shared.list()).filter((account) => ![...accounts, ...dropped].includes(account));
        const { count, source } = shared.most;
        if (accounts.length + others.length <= count) return undefined;
        const besides = others.length > 0 ? ` in addition to ${others.join(", ")}, which already see the image` : "";
        return `${accounts.length} accounts are too many${besides}: an image can be shared with at most ${count} accounts (${source})`;
    }

    return {
        recipients: accounts,
        state: {},

        async problems(dropped) {
            const reason = await refusal(dropped);
            return reason === undefined ? [] : [{ property: "with.accounts", reason }];
        },

        async share(limit) {
            if ((await shared.owner()) === undefined) {
                throw new UserError(`${shared.what} does not exist: correct the image or the region`);
            }
            await shared.ready(limit);
            const existing = await present(accounts);
            const missing = accounts.filter((account) => !existing.includes(account));
            if (missing.length > 0) await shared.add(missing);
            const poll = async (): Promise<PollResult<true>> => {
                const seen = await present(accounts);
                const late = accounts.filter((account) => !seen.includes(account));
                return late.length === 0 ? { done: true } : { pending: `sharing with ${late.join(", ")}` };
            };
            await waitUntil({ context, what: `${shared.what} to be shared`, poll, limit });
        },

        async unshare(dropped, limit) {
            const existing = await awaited(context, dropped.length, () => present(dropped));
            if (existing.length === 0) return;
            await ignoreNotFound(isGone, () => shared.remove(existing));
            const poll = async (): Promise<PollResult<true>> => {
                const left = await present(existing);
                return left.length === 0 ? { done: true } : { pending: `unsharing from ${left.join(", ")}` };
            };
            await waitUntil({ context, what: `${shared.what} to be unshared`, poll, limit });
        },

        async read() {
            const existing = await present(accounts);
            return existing.length > 0 ? { with: { accounts: existing } } : undefined;
        },

        others: async () => (await shared.list()).filter((account) => !accounts.includes(account)),
    };
}

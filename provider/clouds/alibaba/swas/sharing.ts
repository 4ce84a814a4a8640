import { z } from "zod";
import { list, optionalText, text, total } from "../../answerFields";
import { listAll } from "../paging";
import type { Rpc } from "../rpc";

/** ListCustomImageShareAccounts accepts no larger page (docs/reference/alibaba-api.md#paging). */
const ACCOUNTS_PER_PAGE = 50;

const done = z.object({});

const shareAccount = z.object({ UserId: text, SharedTime: optionalText }).transform(({ UserId, SharedTime }) => ({
    accountId: UserId,
    /** As the cloud writes it, "2024-07-15 13:59:21.0": it has no time zone, so it is not converted to ISO 8601. */
    sharedTime: SharedTime,
}));

const accountPage = z
    .object({ ImageShareUsers: list(shareAccount), TotalCount: total })
    .transform(({ ImageShareUsers, TotalCount }) => ({ items: ImageShareUsers, total: TotalCount }));

export type SwasShareAccount = z.output<typeof shareAccount>;

/** Shares of custom images: with ECS in the same account, or with SWAS in other accounts. */
export function sharingActions(rpc: Rpc) {
    const changeAccounts = async (
        action: "AddCustomImageShareAccount" | "RemoveCustomImageShareAccount",
        { imageId, accounts }: { imageId: string; accounts: string[] },
    ) => {
        await rpc.ask({ action, query: { ImageId: imageId, Account: accounts }, answer: done, idempotent: true });
    };

    return {
        /** Shares an image with ECS in the same account and region, or removes this share. */
        async modifyImageShareStatus(request: { imageId: string; operation: "Share" | "UnShare" }): Promise<void> {
            await rpc.ask({
                action: "ModifyImageShareStatus",
                query: { ImageId: request.imageId, Operation: request.operation },
                answer: done,
                idempotent: true,
            });
        },

        /** Shares an image with other accounts; at most 10 accounts for an image. */
        addCustomImageShareAccounts: (request: { imageId: string; accounts: string[] }): Promise<void> =>
            changeAccounts("AddCustomImageShareAccount", request),

        removeCustomImageShareAccounts: (request: { imageId: string; accounts: string[] }): Promise<void> =>
            changeAccounts("RemoveCustomImageShareAccount", request),

        /** The accounts an image is shared with, all pages. */
        listCustomImageShareAccounts: (imageId: string): Promise<SwasShareAccount[]> =>
            listAll(rpc, {
                action: "ListCustomImageShareAccounts",
                query: { ImageId: imageId },
                page: accountPage,
                pageSize: ACCOUNTS_PER_PAGE,
            }),
    };
}

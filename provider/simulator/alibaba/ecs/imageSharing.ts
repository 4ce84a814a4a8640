import { apiError } from "../../core/errorRule";
import { accountExists } from "../accounts";
import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { flag, id, repeated, required, text } from "../gateway/parameters";
import { isoSeconds } from "../times";
import { ecsRules } from "./ecsRules";
import { ecsImageKind } from "./models";
import { ecsQuotas } from "./quotas";
import { ownedImage } from "./visibleImages";

/** ModifyImageSharePermission silently ignores the 11th account of a call and those after it. */
const accountsInCall = 10;

const accountList = repeated({ pattern: /^\d{1,16}$/ });

export const imageSharingOperations = [
    operation({
        name: "ModifyImageSharePermission",
        parameters: {
            RegionId: required(text()),
            ImageId: required(id),
            AddAccount: accountList,
            RemoveAccount: accountList,
            IsPublic: flag,
            // Marked "hide" in the SDK: not for customers.
            LaunchPermission: text(),
            DryRun: flag,
        },
        run: (caller, params) => {
            const image = ownedImage(caller, params.ImageId);
            const isSharing = params.AddAccount.length > 0;
            if (params.IsPublic && image.isEncrypted) throw apiError(ecsRules.encryptedCommunityImage);
            if (isSharing && image.isPublic) throw apiError(ecsRules.communityImage);
            if (isSharing && image.isEncrypted && image.kmsKeyId === undefined)
                throw apiError(ecsRules.serviceKeyShare);
            if (image.status !== "Available") throw apiError(ecsRules.imageNotReady);
            const add = new Set(params.AddAccount.slice(0, accountsInCall));
            const remove = new Set(params.RemoveAccount.slice(0, accountsInCall));
            for (const account of add) {
                if (account === caller.account || !accountExists(caller.sim, account)) {
                    throw apiError(ecsRules.shareAccountUnknown, { account });
                }
            }
            const known = new Set(image.shareAccounts.map(({ account }) => account));
            const added = [...add].filter((account) => !known.has(account));
            const shareAccounts = [
                ...image.shareAccounts,
                ...added.map((account) => ({ account, at: caller.now })),
            ].filter(({ account }) => !remove.has(account));
            const limit = caller.sim.quotas.of(ecsQuotas.shareAccounts);
            if (shareAccounts.length > limit) throw apiError(ecsRules.shareLimit, { limit });
            // "After a community image is unpublished ... existing sharing relationships are retained."
            const isPublic = params.IsPublic ?? image.isPublic;
            caller.store.change(ecsImageKind, params.ImageId, { shareAccounts, isPublic });
            return {};
        },
    }),
    operation({
        name: "DescribeImageSharePermission",
        reads: true,
        parameters: { RegionId: required(text()), ImageId: required(id), ...pageParameters(100) },
        run: (caller, params) => {
            const { shareAccounts, isPublic } = ownedImage(caller, params.ImageId);
            const { items, paging } = pageOf(shareAccounts, params);
            return {
                RegionId: caller.region,
                ImageId: params.ImageId,
                ...paging,
                Accounts: {
                    Account: items.map(({ account, at }) => ({ AliyunId: account, SharedTime: isoSeconds(at) })),
                },
                ShareGroups: { ShareGroup: isPublic ? [{ Group: "all" }] : [] },
            };
        },
    }),
];

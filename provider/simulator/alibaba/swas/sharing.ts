import { apiError } from "../../core/errorRule";
import { integer } from "../../core/integers";
import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { accountExists } from "../accounts";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { repeated, required, text } from "../gateway/parameters";
import { sqlTime } from "../times";
import { onImage, ownImageOf, regionOfImage } from "./lookup";
import { customImageKind } from "./models";
import { swasQuotas } from "./quotas";
import { swasRules } from "./swasRules";

/** Belongs to one share. If the image was unshared and shared again, the new share has its own step. */
const shareSeen = kind<{ imageId: string; sharedAt: number }>("alibaba.customImage.shareSeen");

export function declareSharingJobs(sim: Simulation): void {
    sim.onJob(shareSeen, ({ store, body, failure }) => {
        const image = store.get(customImageKind, body.imageId);
        const isSameShare = image?.inShare === true && image.sharedAt === body.sharedAt;
        // After a fault, ECS never shows the image.
        if (isSameShare && failure === undefined) store.change(customImageKind, body.imageId, { isSeenByEcs: true });
    });
}

const accountList = required(repeated({ pattern: /^\d{1,16}$/ }));

export const sharingOperations = [
    // Sharing an image that is already shared, or unsharing one that is not shared, changes nothing: UNCONFIRMED
    // (docs/reference/swas-images.md#sharing).
    operation({
        name: "ModifyImageShareStatus",
        locate: regionOfImage,
        parameters: {
            ...onImage,
            Operation: required(
                text({ values: ["Share", "UnShare"], errorRule: swasRules.shareOperation }),
                swasRules.shareOperation,
            ),
        },
        run: (caller, { ImageId, Operation }) => {
            const image = ownImageOf(caller, ImageId);
            if (Operation === "Share" && image.status !== "1") throw apiError(swasRules.imageNotReady);
            if (Operation === "UnShare") {
                caller.store.change(customImageKind, ImageId, { inShare: false, isSeenByEcs: false });
            } else if (!image.inShare) {
                const lag = durationOf(caller.sim, "ecsShareSeen");
                const sharedAt = caller.now;
                caller.store.change(customImageKind, ImageId, {
                    inShare: true,
                    sharedAt,
                    isSeenByEcs: lag === 0,
                });
                if (lag > 0) caller.sim.schedule(shareSeen, caller.scope, lag, { imageId: ImageId, sharedAt });
            }
            return {};
        },
    }),
    operation({
        name: "AddCustomImageShareAccount",
        locate: regionOfImage,
        parameters: { ...onImage, Account: accountList },
        run: (caller, { ImageId, Account }) => {
            const { sim, store, now } = caller;
            const image = ownImageOf(caller, ImageId);
            if (image.status !== "1") throw apiError(swasRules.imageNotReady);
            const unknownAccount = Account.find(
                (account) => account === caller.account || !accountExists(sim, account),
            );
            if (unknownAccount !== undefined)
                throw apiError(swasRules.shareAccountUnknown, { account: unknownAccount });
            const known = new Set(image.shareAccounts.map(({ account }) => account));
            const added = [...new Set(Account)].filter((account) => !known.has(account));
            const shareAccounts = [...image.shareAccounts, ...added.map((account) => ({ account, at: now }))];
            const limit = sim.quotas.of(swasQuotas.shareAccounts);
            if (shareAccounts.length > limit) throw apiError(swasRules.shareAccountLimit, { limit });
            store.change(customImageKind, ImageId, { shareAccounts });
            return {};
        },
    }),
    operation({
        name: "RemoveCustomImageShareAccount",
        locate: regionOfImage,
        parameters: { ...onImage, Account: accountList },
        run: (caller, { ImageId, Account }) => {
            const image = ownImageOf(caller, ImageId);
            const shareAccounts = image.shareAccounts.filter(({ account }) => !Account.includes(account));
            caller.store.change(customImageKind, ImageId, { shareAccounts });
            return {};
        },
    }),
    operation({
        name: "ListCustomImageShareAccounts",
        reads: true,
        locate: regionOfImage,
        parameters: { ...onImage, ...pageParameters(50) },
        run: (caller, params) => {
            const { items, paging } = pageOf(ownImageOf(caller, params.ImageId).shareAccounts, params);
            return {
                ...paging,
                ImageShareUsers: items.map(({ account, at }) => ({
                    UserId: integer(account),
                    SharedTime: sqlTime(at),
                })),
            };
        },
    }),
];

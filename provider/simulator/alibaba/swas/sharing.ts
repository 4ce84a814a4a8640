import { kind } from "../../core/kinds";
import type { Simulation } from "../../core/simulation";
import { accountExists } from "../accounts";
import { durationOf } from "../durations";
import { operation } from "../gateway/operation";
import { pageOf, pageParameters } from "../gateway/paging";
import { id, repeated, required, text } from "../gateway/parameters";
import { refusal } from "../rule";
import { sqlTime } from "../times";
import { customImageKind } from "./holdings";
import { ownImageOf } from "./lookup";
import { swasRules } from "./swasRules";

const shareSeen = kind<{ imageId: string }>("alibaba.customImage.shareSeen");

export function declareSharingJobs(sim: Simulation): void {
    sim.onJob(shareSeen, ({ shelf, body }) => {
        const isShared = shelf.get(customImageKind, body.imageId)?.inShare ?? false;
        if (isShared) shelf.change(customImageKind, body.imageId, { isSeenByEcs: true });
    });
}

/** With this many accounts an image can be shared (product-overview/limits). */
const mostShareAccounts = 10;

const accountList = required(repeated({ pattern: /^\d{1,16}$/ }));

export const sharingOperations = [
    // Sharing what is shared, and unsharing what is not, changes nothing: UNCONFIRMED (reference 2.3).
    operation({
        name: "ModifyImageShareStatus",
        parameters: {
            RegionId: required(text()),
            ImageId: required(id),
            Operation: required(
                text({ values: ["Share", "UnShare"], rule: swasRules.shareOperation }),
                swasRules.shareOperation,
            ),
        },
        run: (caller, { ImageId, Operation }) => {
            const image = ownImageOf(caller, ImageId);
            if (Operation === "Share" && image.status !== "1") throw refusal(swasRules.imageNotReady);
            if (Operation === "UnShare") {
                caller.shelf.change(customImageKind, ImageId, { inShare: false, isSeenByEcs: false });
            } else if (!image.inShare) {
                const lag = durationOf(caller.sim, "ecsShareSeen");
                caller.shelf.change(customImageKind, ImageId, { inShare: true, isSeenByEcs: lag === 0 });
                if (lag > 0) caller.sim.schedule(shareSeen, caller.scope, lag, { imageId: ImageId });
            }
            return {};
        },
    }),
    operation({
        name: "AddCustomImageShareAccount",
        parameters: { RegionId: required(text()), ImageId: required(id), Account: accountList },
        run: (caller, { ImageId, Account }) => {
            const { sim, shelf, now } = caller;
            const image = ownImageOf(caller, ImageId);
            if (image.status !== "1") throw refusal(swasRules.imageNotReady);
            const stranger = Account.find((account) => account === caller.account || !accountExists(sim, account));
            if (stranger !== undefined) throw refusal(swasRules.shareAccountUnknown, { account: stranger });
            const known = new Set(image.shareAccounts.map(({ account }) => account));
            const added = [...new Set(Account)].filter((account) => !known.has(account));
            const shareAccounts = [...image.shareAccounts, ...added.map((account) => ({ account, at: now }))];
            if (shareAccounts.length > mostShareAccounts) throw refusal(swasRules.shareAccountLimit);
            shelf.change(customImageKind, ImageId, { shareAccounts });
            return {};
        },
    }),
    operation({
        name: "RemoveCustomImageShareAccount",
        parameters: { RegionId: required(text()), ImageId: required(id), Account: accountList },
        run: (caller, { ImageId, Account }) => {
            const image = ownImageOf(caller, ImageId);
            const shareAccounts = image.shareAccounts.filter(({ account }) => !Account.includes(account));
            caller.shelf.change(customImageKind, ImageId, { shareAccounts });
            return {};
        },
    }),
    operation({
        name: "ListCustomImageShareAccounts",
        reads: true,
        parameters: { RegionId: required(text()), ImageId: required(id), ...pageParameters(50) },
        run: (caller, asked) => {
            const { items, paging } = pageOf(ownImageOf(caller, asked.ImageId).shareAccounts, asked);
            return {
                ...paging,
                ImageShareUsers: items.map(({ account, at }) => ({
                    UserId: Number(account),
                    SharedTime: sqlTime(at),
                })),
            };
        },
    }),
];

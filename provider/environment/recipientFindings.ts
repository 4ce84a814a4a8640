import {
    ecsShareAccounts,
    type MostRecipients,
    mostFullEcsProjects,
    mostSystemProjects,
    swasShareAccounts,
} from "../clouds/capabilities";
import type { ImageKind } from "../resources/imageReference";
import type { DeclaredImage } from "./images";
import { factsOf, type Model } from "./model";
import { aboutKey, aboutValue, dotted, type Finding } from "./problem";

type Share = NonNullable<DeclaredImage["shares"]>[string];

/** Problems of an image's shares in combination. */
export function recipientFindings(model: Model, name: string, image: DeclaredImage): Finding[] {
    const path = ["images", name, "shares"];
    const shares = Object.entries(image.shares ?? {});
    const { kind = "custom" } = factsOf(model, image) ?? {};
    const most = mostRecipients[kind];
    // Only `with` is counted, because accounts in `accept` can be among the projects in `with`.
    const counts = shares.map(([, { with: recipients }]) => new Set(namedIn(recipients)).size);
    const total = counts.reduce((sum, count) => sum + count, 0);
    // The check of a single share reports a share that alone exceeds the limit.
    const isReported = (kind === "custom" || kind === "ecs") && counts.some((count) => count > most.count);
    const reason = `shares of one image can have ${most.count} recipients together, not ${total} (${most.source})`;
    return [
        ...sharedTwice(path, shares),
        ...(total > most.count && !isReported ? [aboutKey(path, `${dotted(path)}: ${reason}`)] : []),
    ];
}

/** Recipients of two shares. Each share would remove the recipient when the share is deleted. */
function sharedTwice(path: readonly string[], shares: readonly [string, Share][]): Finding[] {
    const sharedBy = new Map<unknown, string>();
    return shares.flatMap(([share, { with: recipients }]) =>
        [...new Set(recipients === "ecs" ? ["ECS"] : namedIn(recipients))].flatMap((recipient) => {
            const other = sharedBy.get(recipient);
            sharedBy.set(recipient, share);
            if (other === undefined || typeof recipient !== "string") return [];
            const at = [...path, share, "with"];
            return [
                aboutValue(
                    at,
                    `${dotted(at)}: share ${other} already includes ${recipient}: remove it from one of the shares`,
                ),
            ];
        }),
    );
}

function namedIn(recipients: Share["with"]) {
    if (recipients === "ecs") return [];
    return "accounts" in recipients ? recipients.accounts : recipients.projects;
}

const mostRecipients: Record<ImageKind, MostRecipients> = {
    custom: swasShareAccounts,
    ecs: ecsShareAccounts,
    "full-ecs": mostFullEcsProjects,
    // The highest limit of the clouds. The preview checks the limit of the actual cloud.
    system: mostSystemProjects.otc,
};

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

/** What is wrong with an image's shares together, although each of them could be. */
export function recipientFindings(model: Model, name: string, image: DeclaredImage): Finding[] {
    const path = ["images", name, "shares"];
    const shares = Object.entries(image.shares ?? {});
    const { kind = "custom" } = factsOf(model, image) ?? {};
    const most = mostRecipients[kind];
    // Whoever accepts may be one of those that are named.
    const counts = shares.map(([, { with: recipients }]) => new Set(namedIn(recipients)).size);
    const total = counts.reduce((sum, count) => sum + count, 0);
    // Of one share alone it is said already, where its number is.
    const isSaid = (kind === "custom" || kind === "ecs") && counts.some((count) => count > most.count);
    const reason = `shares of one image can have ${most.count} recipients together, not ${total} (${most.source})`;
    return [
        ...sharedTwice(path, shares),
        ...(total > most.count && !isSaid ? [aboutKey(path, `${dotted(path)}: ${reason}`)] : []),
    ];
}

/** Each of two shares would take the recipient away from the other one. */
function sharedTwice(path: readonly string[], shares: readonly [string, Share][]): Finding[] {
    const sharedBy = new Map<unknown, string>();
    return shares.flatMap(([share, { with: recipients }]) =>
        [...new Set(recipients === "ecs" ? ["ECS"] : namedIn(recipients))].flatMap((recipient) => {
            const other = sharedBy.get(recipient);
            sharedBy.set(recipient, share);
            if (other === undefined || typeof recipient !== "string") return [];
            const at = [...path, share, "with"];
            return [aboutValue(at, `${dotted(at)}: share ${other} is with ${recipient} already: leave it out of one`)];
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
    // The most that any of the clouds allows; the preview knows which one it is.
    system: mostSystemProjects.otc,
};

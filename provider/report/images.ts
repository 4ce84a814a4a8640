import { isImage } from "./facts";
import type { KnownHoldings } from "./holdings";
import type { Plan } from "./plan";

/** Who an image that is replaced or deleted matters to. */
export interface AffectedImage {
    name: string;
    /** "image m-bp1… (golden) in cn-hangzhou" */
    what: string;
    operation: "replace" | "delete";
    /** Servers made from it, as they are before the change. */
    users: string[];
    /** Who sees it. */
    recipients: string[];
}

export function affectedImages({ changes }: Plan, known: KnownHoldings): AffectedImage[] {
    return changes.flatMap((change): AffectedImage[] => {
        const held = known.byUrn.get(change.urn);
        const { operation } = change;
        if (!isImage(change) || !held || (operation !== "replace" && operation !== "delete")) return [];
        return [
            {
                name: change.name,
                what: held.what,
                operation,
                users: held.users,
                recipients: held.shares.map(({ recipient }) => recipient),
            },
        ];
    });
}

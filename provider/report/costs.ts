import { childrenOf, isImage, isServer } from "./facts";
import type { Act } from "./order";
import type { Step } from "./steps";
import { nounOf, partsOfMaking } from "./words";

/** What is billed more and less than before. The clouds' prices are not known. */
export interface Costs {
    /** By what it is: "image", "snapshot", "server". */
    more: Record<string, number>;
    less: Record<string, number>;
}

export function costsOf(acts: readonly Act[], steps: readonly Step[]): Costs {
    const more: Record<string, number> = {};
    const less: Record<string, number> = {};
    for (const [index, act] of acts.entries()) {
        const { change, does } = act;
        if (!isImage(change) && !isServer(change)) continue;
        const step = steps[index];
        if (does === "create") {
            add(more, nounOf(change.type));
            const parts = partsOfMaking(act).join();
            if (parts.includes("snapshot")) add(more, "snapshot");
            if (parts.includes("backup")) add(more, "backup");
        }
        if (does !== "delete" || !step || step.blockedBy !== undefined || step.deed.startsWith("keep")) continue;
        add(less, nounOf(change.type));
        const { kind, ids } = childrenOf(change);
        const goes = step.parts.filter((part) => ids.some((id) => part === `deleting ${kind} ${id}`));
        if (goes.length > 0) add(less, kind, goes.length);
    }
    return { more, less };
}

function add(counts: Record<string, number>, what: string, count = 1): void {
    counts[what] = (counts[what] ?? 0) + count;
}

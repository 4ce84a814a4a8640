import { z } from "zod";
import { isServer, onDeleteOf, textAt } from "./plan/facts";
import type { PlannedChange } from "./plan/plan";
import type { PlannedAction } from "./steps/order";
import type { Step } from "./steps/steps";

/** A server that does not stay as it is. */
export interface AffectedServer {
    id: string;
    /** The resource's name. */
    name: string;
    /** "wiped" servers are stopped for it, too. */
    how: "replaced" | "deleted" | "wiped";
    /** How many of its disks are erased, as far as the stack's state knows them. */
    wipedDisks: number;
}

/** The servers that are replaced, deleted, or wiped and stopped for it; each once, by its id. */
export function affectedServers(actions: readonly PlannedAction[], steps: readonly Step[]): AffectedServer[] {
    const found = new Map<string, AffectedServer>();
    for (const [index, action] of actions.entries()) {
        const { change, does, isReplacement } = action;
        const step = steps[index];
        const mayGo = step?.blockedBy === undefined || isRefundPossible(change);
        if (!mayGo) continue;
        const isWiped = step?.erases !== undefined || (does === "delete" && isRefundPossible(change));
        if (isServer(change) && does === "delete") {
            const { id = change.urn } = change.olds ?? {};
            const wipedDisks = isWiped ? 1 + dataDisks(action) : 0;
            found.set(id, { id, name: change.name, how: isReplacement ? "replaced" : "deleted", wipedDisks });
        }
        const id = textAt(change.news?.inputs, "server") ?? change.urn;
        if (change.type === "SystemDiskReplacement" && does !== "delete" && isWiped) {
            const before = found.get(id);
            found.set(id, before ?? { id, name: change.name, how: "wiped", wipedDisks: 1 });
        }
    }
    return [...found.values()];
}

/** Whether the program may say by now that a server is refunded, which the old object's own options do not say. */
function isRefundPossible({ type, news, isPendingDeletion }: PlannedChange): boolean {
    if (type !== "SimpleServer") return false;
    return isPendingDeletion === true || Object(news?.inputs.onDelete).refund === true;
}

/** Data disks that go with a server, as the state has them; those of an ECS instance are in no state. */
function dataDisks({ change }: PlannedAction): number {
    const { olds } = change;
    if (onDeleteOf(change).dataDisks === "retain") return 0;
    const listed = z.array(z.unknown()).catch([]).parse(olds?.outputs.dataDisks).length;
    return listed + (typeof olds?.inputs.dataDiskGiB === "number" ? 1 : 0);
}

import { z } from "zod";
import { isServer, onDeleteOf, textAt } from "./plan/facts";
import type { PlannedChange } from "./plan/plan";
import type { PlannedAction } from "./steps/order";
import type { Step } from "./steps/steps";

/** A server that a change replaces, deletes or wipes. */
export interface AffectedServer {
    id: string;
    /** The resource's name. */
    name: string;
    /** "wiped": the system disk gets another image, and the server is stopped for that. */
    how: "replaced" | "deleted" | "wiped";
    /** How many of its disks are erased, as far as the stack's state shows them. */
    wipedDisks: number;
}

/** The servers that are replaced, deleted or wiped; each once, by its id. */
export function affectedServers(actions: readonly PlannedAction[], steps: readonly Step[]): AffectedServer[] {
    const found = new Map<string, AffectedServer>();
    for (const [index, action] of actions.entries()) {
        const { change, operation, isReplacement } = action;
        const step = steps[index];
        const mayHappen = step?.blockedBy === undefined || isRefundPossible(change);
        if (!mayHappen) continue;
        const isWiped = step?.erases !== undefined || (operation === "delete" && isRefundPossible(change));
        if (isServer(change) && operation === "delete") {
            const { id = change.urn } = change.olds ?? {};
            const wipedDisks = isWiped ? 1 + dataDisks(action) : 0;
            found.set(id, { id, name: change.name, how: isReplacement ? "replaced" : "deleted", wipedDisks });
        }
        const id = textAt(change.news?.inputs, "server") ?? change.urn;
        if (change.type === "SystemDiskReplacement" && operation !== "delete" && isWiped) {
            const before = found.get(id);
            found.set(id, before ?? { id, name: change.name, how: "wiped", wipedDisks: 1 });
        }
    }
    return [...found.values()];
}

/** Whether the program may now set onDelete.refund, which the old object does not show. */
function isRefundPossible({ type, news, isPendingDeletion }: PlannedChange): boolean {
    if (type !== "SimpleServer") return false;
    return isPendingDeletion === true || Object(news?.inputs.onDelete).refund === true;
}

/** Data disks that are deleted with a server, from the state. The state does not hold those of an ECS instance. */
function dataDisks({ change }: PlannedAction): number {
    const { olds } = change;
    if (onDeleteOf(change).dataDisks === "retain") return 0;
    const listed = z.array(z.unknown()).catch([]).parse(olds?.outputs.dataDisks).length;
    return listed + (typeof olds?.inputs.dataDiskGiB === "number" ? 1 : 0);
}

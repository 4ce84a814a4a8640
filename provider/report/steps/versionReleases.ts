import { type Dependents, planRelease, type ReleasePolicy } from "../../reconcile/deletionPlan";
import type { KnownVersion } from "../cloudState/dependents";
import { onDeleteOf } from "../plan/facts";
import type { PlannedAction } from "./order";
import type { Past } from "./past";
import { type PlannedRelease, whyBlocked } from "./releases";

/** A release that takes the clouds' facts about the deleted earlier versions into account: some block it, some stay. */
export function withVersions(
    release: PlannedRelease,
    action: PlannedAction,
    { versions, past }: { versions: readonly KnownVersion[]; past: Past },
): PlannedRelease {
    const { change, operation } = action;
    const deletesVersions = (change.operation === "update") === (operation === "update") && operation !== "create";
    if (!deletesVersions || release.blockedBy !== undefined) return release;
    const policy: ReleasePolicy =
        change.operation === "delete" ? onDeleteOf(change) : { ...onDeleteOf(change), ifInUse: "retain" };
    const staysBehind = [...release.staysBehind];
    for (const { held } of versions) {
        if (!held) continue;
        try {
            const { kept } = planRelease(withoutDeletedServers(held, past), policy);
            if (kept !== undefined) staysBehind.push(kept);
        } catch (error) {
            return { ...release, blockedBy: whyBlocked(error, change) };
        }
    }
    return { ...release, staysBehind };
}

const withoutDeletedServers = (held: Dependents, past: Past): Dependents => ({
    ...held,
    users: held.users.filter((user) => !past.isDeleted(user)),
});

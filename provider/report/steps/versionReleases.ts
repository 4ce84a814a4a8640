import { type Holdings, planRelease, type ReleasePolicy } from "../../lifecycle/releaseOrder";
import type { KnownVersion } from "../known/holdings";
import { isServer, onDeleteOf } from "../preview/facts";
import type { Act } from "./order";
import type { PlannedRelease } from "./releases";

/** A release with what the clouds say of the earlier versions that go with it: some cannot go, some stay. */
export function withVersions(
    release: PlannedRelease,
    act: Act,
    { versions, before }: { versions: readonly KnownVersion[]; before: readonly Act[] },
): PlannedRelease {
    const { change, does } = act;
    const isTheirs = (change.operation === "update") === (does === "update") && does !== "create";
    if (!isTheirs || release.blockedBy !== undefined) return release;
    const policy: ReleasePolicy =
        change.operation === "delete" ? onDeleteOf(change) : { ...onDeleteOf(change), ifInUse: "retain" };
    const deleted = before.flatMap((other) =>
        other.does === "delete" && isServer(other.change) ? (other.change.olds?.id ?? []) : [],
    );
    const staysBehind = [...release.staysBehind];
    for (const { held } of versions) {
        if (!held) continue;
        try {
            const { kept } = planRelease(without(held, deleted), policy);
            if (kept !== undefined) staysBehind.push(kept);
        } catch (error) {
            // The planner refuses with a reason for the user.
            return { ...release, blockedBy: error instanceof Error ? error.message : String(error) };
        }
    }
    return { ...release, staysBehind };
}

const without = (held: Holdings, deleted: readonly string[]): Holdings => ({
    ...held,
    users: held.users.filter((user) => !deleted.some((id) => user.includes(id))),
});

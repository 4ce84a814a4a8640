import { sameJson } from "../dynamic/plainJson";
import { isServer, onDeleteOf, textAt } from "./facts";
import type { Act } from "./order";
import type { PlannedChange } from "./plan";

/** What an act erases for good, in words; undefined when it erases nothing that a server holds. */
export function erasedBy(act: Act): string | undefined {
    const { change, does } = act;
    if (change.type === "SystemDiskReplacement") return does === "delete" ? undefined : erasedSystemDisk(change);
    if (does !== "delete" || !isServer(change)) return undefined;
    const { dataDisks, refund } = onDeleteOf(change);
    // Without it the deletion fails, and nothing is lost.
    if (change.type === "SimpleServer" && !refund) return undefined;
    const which = dataDisks === "retain" ? "the system disk" : "the disks";
    return `${which} of server ${change.olds?.id} (${change.name})`;
}

function erasedSystemDisk({ olds, news }: PlannedChange): string | undefined {
    const isSame = (key: string) => olds !== undefined && sameJson(olds.inputs[key], news?.inputs[key]);
    if (isSame("image") && isSame("server")) return undefined;
    const erases = textAt(news?.inputs, "erases");
    return erases === undefined || erases.startsWith("nothing") ? undefined : erases;
}

import { sameJson } from "../../pulumi/dynamic/plainJson";
import { unknownValue } from "../../pulumi/dynamic/unknown";
import { isServer, onDeleteOf, textAt } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import { pathKeys, secretText } from "../plan/values";
import type { PlannedAction } from "./order";

/** What an act erases for good, in words; undefined when it erases nothing that a server holds. */
export function erasedBy(action: PlannedAction): string | undefined {
    const { change, does } = action;
    if (change.type === "SystemDiskReplacement") return does === "delete" ? undefined : erasedSystemDisk(change);
    if (does !== "delete" || !isServer(change)) return undefined;
    const { dataDisks, refund } = onDeleteOf(change);
    // Without it the deletion fails, and nothing is lost.
    if (change.type === "SimpleServer" && !refund) return undefined;
    if (dataDisks === "retain") return `the system disk of server ${change.olds?.id} (${change.name})`;
    // ECS leaves data disks that were attached later without being told to go with the instance.
    const which = change.type === "EcsInstance" ? "the disks made with" : "the disks of";
    return `${which} server ${change.olds?.id} (${change.name})`;
}

function erasedSystemDisk({ name, olds, news, differences }: PlannedChange): string | undefined {
    // Two secrets look the same.
    const isChanged = (key: string) => differences.some(({ path }) => pathKeys(path)[0] === key);
    const isSame = (key: string) =>
        olds !== undefined && !isChanged(key) && sameJson(olds.inputs[key], news?.inputs[key]);
    if (isSame("image") && isSame("server")) return undefined;
    const erases = textAt(news?.inputs, "erases");
    if (erases?.startsWith("nothing")) return undefined;
    // What is not known yet counts as erased.
    const isKnown = erases !== undefined && erases !== secretText && erases !== unknownValue;
    return isKnown
        ? erases
        : `the system disk of server ${textAt(news?.inputs, "server") ?? "that is not known yet"} (${name})`;
}

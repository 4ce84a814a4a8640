import { sameJson } from "../../pulumi/dynamic/plainJson";
import { unknownValue } from "../../pulumi/dynamic/unknown";
import { isServer, onDeleteOf, textAt } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import { pathKeys, secretText } from "../plan/values";
import type { PlannedAction } from "./order";

/** What an action erases permanently: a system disk, or a server with its disks; undefined if it erases nothing. */
export function erasedBy(action: PlannedAction): string | undefined {
    const { change, operation } = action;
    if (change.type === "SystemDiskReplacement") return operation === "delete" ? undefined : erasedSystemDisk(change);
    if (operation !== "delete" || !isServer(change)) return undefined;
    const { dataDisks, refund } = onDeleteOf(change);
    // Without a refund the deletion fails.
    if (change.type === "SimpleServer" && !refund) return undefined;
    const server = `${change.olds?.id} (${change.name})`;
    // With an instance, ECS deletes a disk that was attached later only if the disk is set to be deleted with it.
    if (change.type === "EcsInstance") return `instance ${server} and the disks created with it`;
    return `server ${server} and its ${dataDisks === "retain" ? "system disk" : "disks"}`;
}

function erasedSystemDisk({ name, olds, news, differences }: PlannedChange): string | undefined {
    // All secrets are shown as the same text.
    const isChanged = (key: string) => differences.some(({ path }) => pathKeys(path)[0] === key);
    const isSame = (key: string) =>
        olds !== undefined && !isChanged(key) && sameJson(olds.inputs[key], news?.inputs[key]);
    if (isSame("image") && isSame("server")) return undefined;
    const erases = textAt(news?.inputs, "erases");
    if (erases?.startsWith("nothing")) return undefined;
    // If the erased disk is not known yet, the system disk counts as erased.
    const isKnown = erases !== undefined && erases !== secretText && erases !== unknownValue;
    if (isKnown) return erases;
    const server = textAt(news?.inputs, "server");
    return `the system disk of ${server === undefined ? "a server that is not known yet" : `server ${server}`} (${name})`;
}

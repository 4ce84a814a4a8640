import type { Step } from "../steps/steps";
import { code, plainText, ranges, timeText } from "./markdownText";

/** A step on one line. */
export function stepLine(step: Step): string {
    const { number, operation, type, name, place, id, waitsFor, parts, erases, blockedBy } = step;
    const line = [
        `${number}. **${operationName(step)}** ${code(name)} ${plainText(place)}`,
        // The id of a SystemDiskReplacement repeats the server's id, which the place has.
        id === undefined || type === "SystemDiskReplacement" ? "" : ` (${code(id)})`,
        waitsFor.length > 0 ? `, after ${ranges(waitsFor).replace(/^steps? /, "")}` : "",
        durationText(step),
        parts.length > 0 ? `: ${plainText(parts.join("; then "))}` : "",
        erases === undefined ? "" : ` — **${operation === "delete" ? "with its disks" : "all data on it is lost"}**`,
        blockedBy === undefined ? "" : " — **blocked**",
    ];
    return line.join("");
}

/** A disk that gets another image is wiped, which is clearer than "replaced". */
function operationName({ type, deed, erases }: Step): string {
    return type === "SystemDiskReplacement" && erases !== undefined ? "wipe system disk" : deed;
}

function durationText({ duration }: Step): string {
    if (!duration) return "";
    const [least, most] = duration.range.map(timeText);
    return least === most ? ` · ${least}` : ` · ${least} to ${most}`;
}

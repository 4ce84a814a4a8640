import type { Step } from "../steps/steps";
import { code, plainText, ranges, timeText } from "./markdownText";

/** A step on one line. */
export function stepLine(step: Step): string {
    const { number, name, place, id, waitsFor, parts, erases, blockedBy } = step;
    const line = [
        `${number}. **${deedText(step)}** ${code(name)} ${plainText(place)}`,
        id === undefined || id.endsWith("/system-disk") ? "" : ` (${code(id)})`,
        waitsFor.length > 0 ? `, after ${ranges(waitsFor).replace(/^steps? /, "")}` : "",
        durationText(step),
        parts.length > 0 ? `: ${plainText(parts.join("; then "))}` : "",
        erases === undefined ? "" : ` — **${step.deed.startsWith("delete") ? "with its disks" : "all on it is lost"}**`,
        blockedBy === undefined ? "" : " — **blocked**",
    ];
    return line.join("");
}

/** A disk that gets another image is wiped, whatever else it is called. */
function deedText({ deed, erases }: Step): string {
    return erases === undefined ? deed : deed.replace("replace system disk", "wipe system disk");
}

function durationText({ duration }: Step): string {
    if (!duration) return "";
    const [least, most] = duration.range.map(timeText);
    return least === most ? ` · ${least}` : ` · ${least} to ${most}`;
}

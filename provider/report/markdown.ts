import { code, collapsed, counted, plainText, timeText } from "./markdownText";
import type { Report, ResourceDifferences } from "./report";
import type { Step } from "./steps";

/** What a comment may have at most; GitHub refuses more than 65,536 characters. */
export const mostCharacters = 64_000;

/** Steps that are shown before the rest is folded away. */
const shownSteps = 30;

/** The first line of every report: by it the comment of an earlier run is found. */
export function markerOf({ project, stack }: Pick<Report, "project" | "stack">): string {
    // Two hyphens would end the comment.
    return `<!-- machine-images report ${`${project}/${stack}`.replace(/-+/g, "-")} -->`;
}

/** The report for a pull request; empty when nothing changes. At most 64,000 characters: the end gives way. */
export function markdownOf(report: Report): string {
    if (report.verdict === "nothing") return "";
    const folded = foldedSteps(report.steps);
    const summary = [
        markerOf(report),
        ...headOf(report),
        ...radiusOf(report),
        ...(report.steps.length > 0 ? ["**Steps**, in the order in which they run", ""] : []),
        ...report.steps.slice(0, shownSteps).map(stepLine),
        "",
        ...(report.steps.length > 0 ? factsOf(report) : []),
        ...listOf("Warnings", report.warnings),
    ];
    const text = fitted(summary, mostCharacters - 1000);
    const room = mostCharacters - 200 - text.length;
    const rest = [...folded, ...report.differences.map(differenceBlock)];
    return withRest(text, rest, room);
}

const verdicts: Record<Report["verdict"], string> = {
    fails: "The preview fails",
    blocked: "Blocked: up would stop half way",
    erases: "Erases data",
    removes: "Takes something away, erases no disk",
    harmless: "Makes and changes in place, takes nothing away",
    nothing: "Nothing changes",
};

function headOf(report: Report): string[] {
    const { project, stack, verdict, reasons, totals, otherChanges, expectedSeconds } = report;
    const acts = Object.entries(totals).flatMap(([operation, count]) =>
        count > 0 ? [`${count} to ${operation}`] : [],
    );
    const others = Object.entries(otherChanges).map(([operation, count]) => `${count} to ${operation}`);
    const erased = report.steps.filter(({ erases }) => erases !== undefined).length;
    const totalsLine = [
        acts.join(", ") || "no image, share or server changes",
        ...(others.length > 0 ? [`other resources: ${others.join(", ")}`] : []),
        ...(erased > 0 ? [`erased: ${counted({ server: erased })}`] : []),
        ...(expectedSeconds ? [`about ${timeText(expectedSeconds[0])} to ${timeText(expectedSeconds[1])}`] : []),
    ];
    return [
        `### Machine images of ${plainText(`${project}/${stack}`)}: ${verdicts[verdict]}`,
        "",
        totalsLine.join(" · "),
        "",
        ...reasons.map((reason) => `- ${plainText(reason)}`),
        ...(reasons.length > 0 ? [""] : []),
    ];
}

function radiusOf({ images, readFrom, readReason }: Report): string[] {
    if (images.length === 0) return [];
    const source =
        readFrom === "cloud"
            ? "read from the cloud"
            : `from this preview alone (${readReason}): what others use and share is not known`;
    return [
        `**Who is affected** (${plainText(source)})`,
        "",
        ...images.map(({ what, operation, users, recipients }) => {
            const usedBy = users.length > 0 ? `used by ${users.join(", ")}` : "used by no server that is seen";
            const sharedWith = recipients.length > 0 ? `shared with ${recipients.join(", ")}` : "no share is seen";
            return `- ${plainText(`${what}, to ${operation}: ${usedBy}; ${sharedWith}`)}`;
        }),
        "",
    ];
}

function stepLine(step: Step): string {
    const { number, deed, name, place, id, waitsFor, parts, duration, erases, blockedBy } = step;
    const line = [
        `${number}. **${deed}** ${code(name)} ${plainText(place)}`,
        id === undefined ? "" : ` (${code(id)})`,
        waitsFor.length > 0 ? `, after ${waitsFor.join(", ")}` : "",
        duration ? `, ${timeText(duration[0])} to ${timeText(duration[1])}` : "",
        parts.length > 0 ? `: ${plainText(parts.join("; then "))}` : "",
        erases === undefined ? "" : ` — **erases ${plainText(erases)}**`,
        blockedBy === undefined ? "" : " — **blocked**",
    ];
    return line.join("");
}

function factsOf(report: Report): string[] {
    const { steps, staysBehind, costs, drift, readFrom } = report;
    const undoable = steps.filter(({ undo }) => undo.isPossible).map(({ number }) => number);
    const final = steps.filter(({ undo }) => !undo.isPossible);
    const more = counted(costs.more);
    const less = counted(costs.less);
    const change = [more && `more: ${more}`, less && `less: ${less}`].filter(Boolean).join("; ");
    const unlooked = readFrom === "state" ? "not looked for, because the clouds were not asked" : "none seen";
    return [
        ...listOf(
            "Stays behind and is billed",
            staysBehind,
            "nothing that this preview shows; what retainOnDelete keeps is not visible in it",
        ),
        `**Cost**: ${change ? `billed ${change}; the prices are unknown` : "nothing billed comes or goes"}`,
        "",
        ...listOf("Drift", drift, unlooked),
        `**Undo**: ${undoable.length > 0 ? `${ranges(undoable)}, by running the earlier program` : "no step can be undone"}`,
        ...final.map(({ number, undo }) => `- step ${number} cannot be undone: ${plainText(undo.how)}`),
        "",
        ...(report.expectedSeconds
            ? [
                  "Times are half to twice the usual ones; shares and deletions are not counted. Deletions at the end begin when all that is made is made.",
                  "",
              ]
            : []),
    ];
}

/** @param none what is said of an empty list; nothing when left out */
function listOf(title: string, lines: readonly string[], none?: string): string[] {
    if (lines.length === 0) return none === undefined ? [] : [`**${title}**: ${none}`, ""];
    return [`**${title}**`, "", ...lines.map((line) => `- ${plainText(line)}`), ""];
}

/** "steps 1-4, 6" */
function ranges(numbers: readonly number[]): string {
    const runs: [number, number][] = [];
    for (const number of numbers) {
        const last = runs.at(-1);
        if (last && last[1] === number - 1) last[1] = number;
        else runs.push([number, number]);
    }
    const list = runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
    return `${numbers.length === 1 ? "step" : "steps"} ${list}`;
}

function foldedSteps(steps: readonly Step[]): string[] {
    const rest = steps.slice(shownSteps);
    // Pieces of a size that can give way one after the other.
    const pieces = Array.from({ length: Math.ceil(rest.length / 50) }, (_none, index) =>
        rest.slice(index * 50, index * 50 + 50),
    );
    return pieces.map((piece) =>
        collapsed(`steps ${piece[0]?.number} to ${piece.at(-1)?.number}`, piece.map(stepLine)).join("\n"),
    );
}

function differenceBlock({ name, type, operation, replaceReasons, properties }: ResourceDifferences): string {
    const forced = operation === "replace" && replaceReasons.length === 0 ? ", because what it needs is replaced" : "";
    const because = replaceReasons.length > 0 ? `, because of ${replaceReasons.join(", ")}` : forced;
    const lines = properties.flatMap(({ path, before, after }) => [
        ...(before === undefined ? [] : [`- ${path}: ${before}`]),
        ...(after === undefined ? [] : [`+ ${path}: ${after}`]),
    ]);
    const fence = "`".repeat(Math.max(3, ...[...lines.join("\n").matchAll(/`+/g)].map(([run]) => run.length + 1)));
    const body = lines.length > 0 ? [`${fence}diff`, ...lines, fence] : ["no input of its own is different"];
    return collapsed(`${operation} ${type} ${plainText(name)}${plainText(because)}`, body).join("\n");
}

/** The first lines that fit, with a note of how many do not. */
function fitted(lines: readonly string[], most: number): string {
    const whole = lines.join("\n");
    if (whole.length <= most) return whole;
    const kept: string[] = [];
    let length = 0;
    for (const line of lines) {
        length += line.length + 1;
        if (length > most - 100) break;
        kept.push(line);
    }
    return [...kept, `…and ${lines.length - kept.length} more lines, for which there is no room.`, ""].join("\n");
}

function withRest(text: string, blocks: readonly string[], room: number): string {
    const kept: string[] = [];
    let left = room;
    for (const block of blocks) {
        if (block.length + 1 > left) break;
        kept.push(block);
        left -= block.length + 1;
    }
    const missing = blocks.length - kept.length;
    const note =
        missing > 0 ? [`${missing} more blocks do not fit here; \`machine-images report --json\` has them.`, ""] : [];
    return [text.trimEnd(), "", ...kept, ...note].join("\n");
}

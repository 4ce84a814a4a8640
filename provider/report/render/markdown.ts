import { visibleText } from "../../core/visibleText";
import type { Report, ResourceDifferences } from "../report";
import type { Step } from "../steps/steps";
import { factsOf, listOf } from "./markdownFacts";
import { affectedOf, headOf } from "./markdownHead";
import { collapsed, htmlText } from "./markdownText";
import { stepLine } from "./stepText";

/** The most characters that a comment can have. GitHub refuses more than 65,536. */
export const mostCharacters = 64_000;

/** The number of steps that are not folded. */
const shownSteps = 30;

/** The first line of every report. It identifies the comment of an earlier run. */
export function markerOf({ project, stack }: Pick<Report, "project" | "stack">): string {
    // "--" would end the HTML comment.
    const name = visibleText(`${project}/${stack}`).replace(/-+/g, "-").replaceAll(">", "");
    return `<!-- machine-images report ${name} -->`;
}

/**
 * The report for a pull request; empty if nothing changes. At most 64,000 characters: a longer report is cut at the
 * end.
 */
export function markdownOf(report: Report): string {
    if (report.verdict === "nothing") return "";
    const folded = foldedSteps(report.steps);
    const summary = [
        markerOf(report),
        ...headOf(report),
        ...affectedOf(report),
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

function foldedSteps(steps: readonly Step[]): string[] {
    const rest = steps.slice(shownSteps);
    // Small pieces, so that a report that is too long loses as few steps as possible.
    const pieces = Array.from({ length: Math.ceil(rest.length / 50) }, (_none, index) =>
        rest.slice(index * 50, index * 50 + 50),
    );
    return pieces.map((piece) =>
        collapsed(`Steps ${piece[0]?.number} to ${piece.at(-1)?.number}`, piece.map(stepLine)).join("\n"),
    );
}

function differenceBlock({ name, type, operation, replaceReasons, properties }: ResourceDifferences): string {
    const forced =
        operation === "replace" && replaceReasons.length === 0
            ? ", because a resource that it refers to is replaced"
            : "";
    const because = replaceReasons.length > 0 ? `, because of ${htmlText(replaceReasons.join(", "))}` : forced;
    const lines = properties.flatMap(({ path, before, after }) => [
        ...(before === undefined ? [] : [visibleText(`- ${path}: ${before}`)]),
        ...(after === undefined ? [] : [visibleText(`+ ${path}: ${after}`)]),
    ]);
    const longest = lines.reduce((most, line) => Math.max(most, longestRun(line)), 0);
    const fence = "`".repeat(Math.max(3, longest + 1));
    const body = lines.length > 0 ? [`${fence}diff`, ...lines, fence] : ["No input changes."];
    return collapsed(`${operation} ${type} ${htmlText(name)}${because}`, body).join("\n");
}

/** The length of the longest run of backticks. */
function longestRun(line: string): number {
    let longest = 0;
    for (const [run] of line.matchAll(/`+/g)) longest = Math.max(longest, run.length);
    return longest;
}

/** The first lines that fit, and a note that counts the others. */
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
    return [...kept, `…and ${lines.length - kept.length} more lines, which do not fit here.`, ""].join("\n");
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

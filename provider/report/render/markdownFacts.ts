import { changeText } from "../costs/moneyText";
import type { Report } from "../report";
import type { Duration } from "../steps/durations";
import type { Step } from "../steps/steps";
import { counted, plainText, ranges } from "./markdownText";

/** What stays behind, cost, drift, undo and durations. */
export function factsOf(report: Report): string[] {
    const { steps, staysBehind, drift, readFrom } = report;
    const noDrift = readFrom === "state" ? "not checked, because the clouds were not read" : "none found";
    return [
        ...listOf("Stays behind", staysBehind, "nothing (a preview does not show objects that retainOnDelete keeps)"),
        `**Cost**: ${plainText(costText(report))}`,
        "",
        ...listOf("Drift", drift, noDrift),
        ...undoText(steps),
        ...durationText(report),
    ];
}

/** @param none the text for an empty list. @default an empty list is omitted */
export function listOf(title: string, lines: readonly string[], none?: string): string[] {
    if (lines.length === 0) return none === undefined ? [] : [`**${title}**: ${none}`, ""];
    return [`**${title}**`, "", ...lines.map((line) => `- ${plainText(line)}`), ""];
}

function costText({ costs }: Report): string {
    const { more, less, monthly, unknown } = costs;
    const changed = monthly.filter(({ amount }) => amount !== 0);
    const names = [...new Set(unknown.map(({ what }) => what))];
    const sum = changed.length > 0 ? `${changed.map(changeText).join(", ")} per month` : "";
    const isUnaffected = Object.keys(more).length === 0 && Object.keys(less).length === 0;
    const unchanged = isUnaffected ? "unchanged" : "unchanged by known prices";
    const unpriced = `${sum === "" ? "" : `${sum} and `}unknown cost of ${names.join(", ")}`;
    return [
        names.length > 0 ? unpriced : sum || unchanged,
        ...(counted(more) ? [`adds ${counted(more)}`] : []),
        ...(counted(less) ? [`removes ${counted(less)}`] : []),
    ].join("; ");
}

function undoText(all: readonly Step[]): string[] {
    // A blocked step changes nothing.
    const steps = all.filter(({ blockedBy }) => blockedBy === undefined);
    const undoable = steps.filter(({ undo }) => undo.isPossible);
    const lasting = undoable.filter(({ undo }) => undo.untilStep === undefined).map(({ number }) => number);
    const short = undoable.filter(({ undo }) => undo.untilStep !== undefined);
    const final = steps.filter(({ undo }) => !undo.isPossible);
    const yes = lasting.length > 0 ? [ranges(lasting)] : [];
    const until = grouped(short).map(([numbers, { undo }]) => `${ranges(numbers)} until step ${undo.untilStep}`);
    const possible = [...yes, ...until].join("; ");
    return [
        `**Undo**: ${possible === "" ? "not possible" : `possible with the earlier program for ${possible}`}`,
        ...grouped(final).map(([numbers, { undo }]) => {
            const limit = undo.untilStep === undefined ? "" : ` (until step ${undo.untilStep})`;
            return `- not for ${ranges(numbers)}: ${plainText(undo.how)}${limit}`;
        }),
        "",
    ];
}

/** The steps grouped by what the report says about their undo: the numbers of each group, and one of its steps. */
function grouped(steps: readonly Step[]): [numbers: number[], step: Step][] {
    const groups = new Map<string, [number[], Step]>();
    for (const step of steps) {
        const key = JSON.stringify([step.undo.isPossible ? "" : step.undo.how, step.undo.untilStep]);
        const group = groups.get(key) ?? [[], step];
        group[0].push(step.number);
        groups.set(key, group);
    }
    return [...groups.values()];
}

function durationText({ steps, expectedSeconds }: Report): string[] {
    if (!expectedSeconds) return [];
    const based = (basis: Duration["basis"]) =>
        steps.flatMap((step) => (step.duration?.basis === basis ? [step.number] : []));
    const [history, measured, exact] = [based("history"), based("measured"), based("exact")];
    const known = [
        ...(history.length > 0 ? [`${ranges(history)} from earlier runs`] : []),
        ...(measured.length > 0 ? [`${ranges(measured)} from published measurements`] : []),
        ...(exact.length > 0 ? [`${ranges(exact)} exact`] : []),
    ];
    const rest = based("estimate").length > 0 ? [`${known.length > 0 ? "all others " : ""}estimated`] : [];
    const lastCreation = steps.findLastIndex(({ operation }) => operation === "create");
    const deletesLast = lastCreation >= 0 && steps.slice(lastCreation).some(({ operation }) => operation === "delete");
    const last = deletesLast ? " The deletions at the end start after all creations finish." : "";
    return [`**Durations**: ${[...known, ...rest].join(", ")}.${last}`, ""];
}

import { changeText } from "../costs/moneyText";
import type { Report } from "../report";
import type { Step } from "../steps/steps";
import { counted, plainText, ranges } from "./markdownText";

/** What stays, what it costs, what is different from the state, and what can be undone. */
export function factsOf(report: Report): string[] {
    const { steps, staysBehind, drift, readFrom } = report;
    const unlooked = readFrom === "state" ? "not looked for, because the clouds were not asked" : "none seen";
    return [
        ...listOf("Stays behind", staysBehind, "nothing; what retainOnDelete keeps is not visible in a preview"),
        `**Cost**: ${plainText(costText(report))}`,
        "",
        ...listOf("Drift", drift, unlooked),
        ...undoText(steps),
        ...timesText(report),
    ];
}

/** @param none what is said of an empty list; nothing when left out */
export function listOf(title: string, lines: readonly string[], none?: string): string[] {
    if (lines.length === 0) return none === undefined ? [] : [`**${title}**: ${none}`, ""];
    return [`**${title}**`, "", ...lines.map((line) => `- ${plainText(line)}`), ""];
}

function costText({ costs }: Report): string {
    const { more, less, monthly, unknown } = costs;
    const changed = monthly.filter(({ amount }) => amount !== 0);
    const names = [...new Set(unknown.map(({ what }) => what))];
    const sum = changed.length > 0 ? `${changed.map(changeText).join(", ")} a month` : "";
    const known = sum || (names.length > 0 ? "not known" : "no change a month");
    const why = sum ? ", and what has no price here" : ", for want of a price";
    return [
        names.length > 0 ? `${known}${why}: ${names.join(", ")}` : known,
        ...(counted(more) ? [`more: ${counted(more)}`] : []),
        ...(counted(less) ? [`less: ${counted(less)}`] : []),
    ].join("; ");
}

function undoText(all: readonly Step[]): string[] {
    // What is blocked does nothing.
    const steps = all.filter(({ blockedBy }) => blockedBy === undefined);
    const undoable = steps.filter(({ undo }) => undo.isPossible);
    const lasting = undoable.filter(({ undo }) => undo.untilStep === undefined).map(({ number }) => number);
    const short = undoable.filter(({ undo }) => undo.untilStep !== undefined);
    const final = steps.filter(({ undo }) => !undo.isPossible);
    const yes = lasting.length > 0 ? [`${ranges(lasting)}, by running the earlier program`] : [];
    const until = grouped(short).map(([numbers, { undo }]) => `${ranges(numbers)} until step ${undo.untilStep} only`);
    return [
        `**Undo**: ${[...yes, ...until].join("; ") || "not possible"}`,
        ...grouped(final).map(([numbers, { undo }]) => {
            const limit = undo.untilStep === undefined ? "" : `, until step ${undo.untilStep}`;
            return `- not ${ranges(numbers)}: ${plainText(undo.how)}${limit}`;
        }),
        "",
    ];
}

/** The numbers of the steps of which the same is to be said, with one of them. */
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

function timesText({ steps, expectedSeconds }: Report): string[] {
    if (!expectedSeconds) return [];
    const based = (basis: string) => steps.flatMap((step) => (step.duration?.basis === basis ? [step.number] : []));
    const [own, measured, exact] = [based("history"), based("measured"), based("exact")];
    const known = [
        ...(own.length > 0 ? [`of ${ranges(own)} as in earlier runs of your own`] : []),
        ...(measured.length > 0 ? [`of ${ranges(measured)} as measured by others`] : []),
        ...(exact.length > 0 ? [`of ${ranges(exact)} exact`] : []),
    ];
    const rest = based("estimate").length > 0 ? [`${known.length > 0 ? "else " : ""}estimates`] : [];
    const makes = steps.some(({ deed }) => deed.startsWith("create"));
    const deletes = steps.some(({ deed }) => deed.startsWith("delete"));
    const last = makes && deletes ? " What is deleted last waits for all that is made." : "";
    return [`**Times**: ${[...known, ...rest].join(", ")}.${last}`, ""];
}

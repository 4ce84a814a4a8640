import { doubtsOf, type Ending } from "./doubts";
import { differencesOf, type EngineStep, nameOf, ownType, resourceState } from "./engineState";
import { operationOf } from "./operations";
import { separateDeletions, withKeys } from "./pendingDeletions";
import type { Plan, PlannedChange } from "./plan";
import { refreshedDrift } from "./refreshes";
import { secretTextsOf, withoutSecrets } from "./secrets";
import { isOfStack, listsReplacementSteps, type StackState, withDeletions } from "./stateDeletions";
import { secretText } from "./values";

/** What a preview says besides its steps. */
export interface Said {
    diagnostics: readonly { message: string; severity: string }[];
    config: Readonly<Record<string, string>>;
    ending: Ending;
    /** The state of the stack, when it is known. */
    state?: StackState | undefined;
}

/** The plan of a preview's steps and what it said meanwhile. */
export function planOf(previewed: EngineStep[], { diagnostics, config, ending, state }: Said): Plan {
    const steps = state ? withDeletions(previewed, state) : previewed;
    const [, , stack = ""] = steps[0]?.urn.split(":") ?? [];
    const [, project = ""] = steps[0]?.urn.split("::") ?? [];
    const separate = separateDeletions(steps);
    const changes = withDeclared(withKeys(steps.flatMap((step) => changeOf(step, separate))));
    const secrets = steps.flatMap(({ olds, news }) => [...secretTextsOf(olds), ...secretTextsOf(news)]);
    const said = diagnostics.map(({ message, severity }) => ({
        severity,
        text: withoutSecrets(withoutColour(message).trim(), secrets),
    }));
    const errors = distinct(said.flatMap(({ severity, text }) => (severity === "error" ? [plainError(text)] : [])));
    return {
        project,
        stack,
        changes,
        otherChanges: countOthers(steps),
        errors,
        doubts: [
            ...doubtsOf(steps, ending, errors.length > 0),
            ...(state && !isOfStack(previewed, state) ? [{ kind: "otherStack" } as const] : []),
        ],
        showsPendingDeletions: state !== undefined || listsReplacementSteps(steps),
        warnings: distinct(said.flatMap(({ severity, text }) => warningsIn(severity, text))),
        drift: refreshedDrift(steps),
        config: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== secretText)),
        secrets: distinct(secrets),
        listsUnchanged: changes.some(({ operation }) => operation === "same"),
    };
}

/** With what the program declares of the resources whose objects are deleted. */
function withDeclared(changes: readonly PlannedChange[]): PlannedChange[] {
    const urnOf = ({ urn, isPendingDeletion, olds }: PlannedChange) =>
        isPendingDeletion ? urn.replace(` ${olds?.id}`, "") : urn;
    const declared = new Map(changes.flatMap((change) => (change.news ? [[change.urn, change.news.inputs]] : [])));
    return changes.map((change) => {
        const isReplaced = change.operation === "replace" || change.isPendingDeletion;
        const inputs = isReplaced ? declared.get(urnOf(change)) : undefined;
        return inputs ? { ...change, declared: inputs } : change;
    });
}

/** @param separate the deletions that are no half of a replacement */
function changeOf(step: EngineStep, separate: ReadonlySet<EngineStep>): PlannedChange[] {
    const { op, urn, olds, news, replaceReasons, differences } = step;
    const type = ownType(urn);
    const operation = separate.has(step) ? "delete" : operationOf(op);
    if (type === undefined || operation === undefined) return [];
    const isPendingDeletion = operation === "delete" && olds?.delete === true;
    // The only trace of what has left the program together with the replacement of what it depends on.
    const isDeletedForReplacement = separate.has(step) && !isPendingDeletion;
    return [
        {
            urn,
            type,
            name: nameOf(urn),
            operation,
            ...(isPendingDeletion && { isPendingDeletion }),
            ...(isDeletedForReplacement && { isDeletedForReplacement }),
            ...(olds && { olds: resourceState(olds) }),
            // Of a deletion the engine repeats nothing that counts.
            ...(news && operation !== "delete" && { news: resourceState(news) }),
            replaceReasons: replaceReasons.filter((reason) => !reason.startsWith("__")),
            differences: differencesOf(differences),
        },
    ];
}

function countOthers(steps: EngineStep[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { op, urn } of steps) {
        const isPlumbing = /::pulumi:(pulumi:Stack|providers:)/.test(urn);
        const operation = operationOf(op);
        if (operation === undefined || operation === "same" || isPlumbing || ownType(urn)) continue;
        counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return counts;
}

/** The plugin's warnings come as its output, one a line. */
function warningsIn(severity: string, text: string): string[] {
    if (severity === "warning") return [text.replace(/^warning: /, "")];
    return text.split("\n").flatMap((line) => (line.startsWith("warning: ") ? [line.slice("warning: ".length)] : []));
}

/** Without what the engine puts before every error of a resource's inputs. */
function plainError(text: string): string {
    return text
        .replace(/^error: /, "")
        .replace(/^pulumi-nodejs:dynamic\/machine-images:(\w+) resource '(.*?)'(?::| has a problem:) /, "$1 $2: ")
        .replace(/property (\S+) value \{.*?\} has a problem: /s, "$1: ");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the engine colours its messages with escape sequences
const colours = /\u001b\[[0-9;]*m|<\{%[^%]*%\}>/g;

const withoutColour = (text: string) => text.replace(colours, "");

const distinct = (texts: string[]) => [...new Set(texts)];

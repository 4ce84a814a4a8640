import { differencesOf, type EngineStep, nameOf, ownType, resourceState } from "./engineState";
import type { Operation, Plan, PlannedChange } from "./plan";
import { refreshedDrift } from "./refreshes";
import { secretTextsOf, withoutSecrets } from "./secrets";
import { secretText } from "./values";

/** What the engine calls the steps that decide; the physical steps of a replacement are parts of "replace". */
const operations: Record<string, Operation> = {
    create: "create",
    update: "update",
    replace: "replace",
    delete: "delete",
    same: "same",
};

/** What a preview says besides its steps. */
export interface Said {
    diagnostics: readonly { message: string; severity: string }[];
    config: Readonly<Record<string, string>>;
}

/** The plan of a preview's steps and what it said meanwhile. */
export function planOf(steps: EngineStep[], { diagnostics, config }: Said): Plan {
    const [, , stack = ""] = steps[0]?.urn.split(":") ?? [];
    const [, project = ""] = steps[0]?.urn.split("::") ?? [];
    const decided = new Set(steps.flatMap(({ op, urn }) => (op in operations ? [urn] : [])));
    const changes = steps.flatMap((step) => changeOf(step, decided));
    const secrets = steps.flatMap(({ olds, news }) => [...secretTextsOf(olds), ...secretTextsOf(news)]);
    const said = diagnostics.map(({ message, severity }) => ({
        severity,
        text: withoutSecrets(withoutColour(message).trim(), secrets),
    }));
    return {
        project,
        stack,
        changes,
        otherChanges: countOthers(steps),
        errors: distinct(said.flatMap(({ severity, text }) => (severity === "error" ? [plainError(text)] : []))),
        warnings: distinct(said.flatMap(({ severity, text }) => warningsIn(severity, text))),
        drift: refreshedDrift(steps),
        config: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== secretText)),
        secrets: distinct(secrets),
        listsUnchanged: changes.some(({ operation }) => operation === "same"),
    };
}

/** @param decided the URNs of which a step says what becomes of them */
function changeOf(step: EngineStep, decided: ReadonlySet<string>): PlannedChange[] {
    const { op, urn, olds, news, replaceReasons, differences } = step;
    const type = ownType(urn);
    // The only trace of what has left the program together with the replacement of what it depends on.
    const isDeletedForReplacement = op === "delete-replaced" && !decided.has(urn);
    const operation = isDeletedForReplacement ? "delete" : operations[op];
    if (type === undefined || operation === undefined) return [];
    return [
        {
            urn,
            type,
            name: nameOf(urn),
            operation,
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
        const operation = operations[op];
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

import { visibleText } from "../../core/visibleText";

/**
 * Words that GitHub or GitLab interpret, also after they render the Markdown, when an escape has no effect: mentions,
 * references, emoji, math, addresses, commits, issue keys, inline differences, tables of contents.
 */
const special = [
    /[@#!$%&~^*:](?=[^\s.,;:)\]'])/,
    /[$`[\]]|\{[+-]|[+-]\}/,
    /:\S|www\./i,
    /\b[0-9a-f]{7,}\b/i,
    /\b(?:gh|[A-Z][A-Z0-9_]+)-\d/,
    /\bgh-\d/i,
];
/** Words that start a list, a heading, a rule or a quick action at the beginning of a line. */
const opening = /^(?:[-+]+$|[=#>/|~*_]|\d+[.)]$)/;

/** Escapes text for Markdown, because names and messages come from programs and clouds. */
export function plainText(text: string): string {
    return shown(text, escaped, code);
}

/** Escapes text between HTML tags, where Markdown has no effect. */
export function htmlText(text: string): string {
    return shown(text, entities, (word) => `<code>${entities(word)}</code>`);
}

/** Text as code, where no word is interpreted. */
export function code(text: string): string {
    const plain = visibleText(text).replaceAll("`", "'").trim();
    return `\`${plain === "" ? " " : plain}\``;
}

/** Shows special words as code, without the punctuation around them. */
function shown(text: string, asText: (word: string) => string, asCode: (word: string) => string): string {
    const words = visibleText(text).trim().split(" ");
    return words
        .map((word, index) => {
            const isSpecial = special.some((pattern) => pattern.test(word)) || (index === 0 && opening.test(word));
            if (!isSpecial) return asText(word);
            const [, before = "", inner = "", after = ""] = /^(["'(]*)(.*?)([.,;:)"']*)$/.exec(word) ?? [];
            return inner === "" ? asCode(word) : `${asText(before)}${asCode(inner)}${asText(after)}`;
        })
        .join(" ");
}

const escaped = (text: string) => entities(text.replace(/[\\`*_[\]|~#]/g, "\\$&"));

const entities = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A block that is folded until the reader opens it. */
export function collapsed(title: string, lines: readonly string[]): string[] {
    return ["<details>", `<summary>${title}</summary>`, "", ...lines, "", "</details>", ""];
}

/** "2 images, 1 copy and 1 server" */
export function counted(counts: Record<string, number>): string {
    const each = Object.entries(counts).map(([what, count]) => `${count} ${count === 1 ? what : plural(what)}`);
    const last = each.pop() ?? "";
    return each.length === 0 ? last : `${each.join(", ")} and ${last}`;
}

const plural = (noun: string) => (noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** Seconds in a readable unit: "45 s", "12 min", "1.5 h". */
export function timeText(seconds: number): string {
    if (seconds < 90) return `${Math.round(seconds)} s`;
    if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
    return `${Math.round(seconds / 360) / 10} h`;
}

/** "steps 1-4, 6" */
export function ranges(numbers: readonly number[]): string {
    const runs: [number, number][] = [];
    for (const number of numbers) {
        const last = runs.at(-1);
        if (last && last[1] === number - 1) last[1] = number;
        else runs.push([number, number]);
    }
    const list = runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
    return `${numbers.length === 1 ? "step" : "steps"} ${list}`;
}

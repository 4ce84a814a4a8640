import type { Declaration, Option, Takes } from "./declaration";

/** Leaves a margin in a terminal of 120 columns. */
const maxWidth = 118;

/** Whether the arguments ask for the help of the command. */
export function wantsHelp({ passthrough }: Declaration, argv: readonly string[]): boolean {
    if (passthrough) return false;
    const end = argv.indexOf("--");
    const words = end < 0 ? argv : argv.slice(0, end);
    return words.includes("--help") || words.includes("-h");
}

/** What `machine-images --help` prints. */
export function helpOfAll(commands: readonly Declaration[]): string {
    return [
        "Usage: machine-images COMMAND [OPTION ...]",
        "",
        "Commands:",
        ...table(commands.map(({ name, summary }) => [name, summary])),
        "",
        "Options:",
        ...table([
            ["--help", "print this help; after a command, the help of the command"],
            ["--version", "print the version of this package"],
        ]),
        "",
        "Exit codes: 0 done, 1 failed or problems found, 2 usage error or a file cannot be read, 130 interrupted. The help of",
        "each command lists its exit codes.",
        "",
        "Examples:",
        "  machine-images status --cloud alibaba --region cn-hangzhou",
        '  eval "$(machine-images completion bash)"',
    ].join("\n");
}

/** What `machine-images COMMAND --help` prints. */
export function helpOf(command: Declaration): string {
    const { about, takes, options, examples, exits } = command;
    const described: [string, string][] = [
        ...(takes ? [[takes.value, takes.meaning] satisfies [string, string]] : []),
        ...Object.entries(options).map(([name, option]): [string, string] => [
            written(name, option),
            meaningOf(option),
        ]),
    ];
    return [
        `Usage: ${usageOf(command)}`,
        "",
        ...folded(about, maxWidth),
        ...(described.length > 0 ? ["", ...table(described)] : []),
        "",
        "Exit codes:",
        ...table(Object.entries(exits)),
        "",
        "Examples:",
        ...examples.flatMap(({ line, meaning }) => [...(meaning ? [`  # ${meaning}`] : []), `  ${line}`]),
    ].join("\n");
}

/** "machine-images graph FILE" */
export function usageOf({ name, takes, options, passthrough }: Declaration): string {
    const many = Object.keys(options).length > 0 ? " [OPTION ...]" : "";
    const words = passthrough ? " [ARGUMENT ...]" : `${takes ? ` ${takenAs(takes)}` : ""}${many}`;
    return `machine-images ${name}${words}`;
}

function takenAs({ value, atLeast, atMost }: Takes): string {
    const one = atMost === 1 ? value : `${value} ...`;
    return atLeast === 0 ? `[${one}]` : one;
}

/** "--stack STACK" */
export function written(name: string, option: Option): string {
    return option.type === "boolean" ? `--${name}` : `--${name} ${option.value}`;
}

/** The description of an option, with its choices and its default. */
export function meaningOf(option: Option): string {
    if (option.type === "boolean") return option.meaning;
    const notes = [
        ...(option.choices ? [option.choices.join(" or ")] : []),
        ...(option.default === undefined ? [] : [`default ${option.default}`]),
        ...(option.multiple ? ["may be repeated"] : []),
    ];
    return `${option.meaning}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
    const width = Math.max(...rows.map(([left]) => left.length));
    return rows.flatMap(([left, right]) => {
        const [first = "", ...rest] = folded(right, maxWidth - width - 4);
        return [`  ${left.padEnd(width)}  ${first}`, ...rest.map((line) => `  ${" ".repeat(width)}  ${line}`)];
    });
}

function folded(text: string, width: number): string[] {
    return text.split("\n").flatMap((paragraph) => {
        const rows: string[] = [""];
        for (const word of paragraph.split(" ")) {
            const last = rows.at(-1) ?? "";
            if (last !== "" && last.length + 1 + word.length > width) rows.push(word);
            else rows[rows.length - 1] = last === "" ? word : `${last} ${word}`;
        }
        return rows;
    });
}

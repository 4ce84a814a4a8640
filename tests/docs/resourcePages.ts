import type { Contract, Field, NamedType } from "./contracts.ts";

/** What makes a new object when it changes, by the form of the arguments, which is called by its cloud where there are several. */
export interface Replacement {
    cloud: string;
    inputs: readonly string[];
}

/** The page of one resource, in Markdown. */
export function resourcePage(contract: Contract, replacements: readonly Replacement[]): string {
    const { name, text, example, deletion, inputs, outputs, types } = contract;
    const canAdopt = inputs.some((input) => input.name === "adopt");
    return [
        `# ${name}`,
        "",
        text,
        "",
        "```ts",
        example,
        "```",
        "",
        "## Inputs",
        "",
        "| input | type | meaning |",
        "|---|---|---|",
        ...inputs.map((input) => inputRow(input, replacements)),
        "",
        ["¹ required", "² a change makes a new object", ...sometimes(inputs, replacements)].join(" · "),
        "",
        "A change of anything else is made in place.",
        "",
        ...types.flatMap(typeSection),
        ...outputSection(outputs),
        "## Deletion",
        "",
        deletion,
        "",
        "## Import",
        "",
        canAdopt
            ? "`adopt` takes an existing image over when the resource is made. To bring it into the stack without making anything, declare it and run"
            : "To bring an existing one into the stack without making anything, declare it in the program and run",
        "",
        "```",
        "npx machine-images import-file NAME=ID",
        "pulumi import --file import.json --generate-code=false",
        "```",
        "",
        "where NAME is the resource's name in the program and ID its id in the cloud. `pulumi import TYPE NAME ID` cannot work",
        "for dynamic resources.",
        "",
        "<!-- Written by `UPDATE_DOCS=1 node tests/run.ts tests/docs` from the source; the test fails when it differs. -->",
        "",
    ].join("\n");
}

function typeSection({ name, text, fields }: NamedType): string[] {
    return [
        `### ${name}`,
        "",
        ...(text ? [text, ""] : []),
        "| field | type | meaning |",
        "|---|---|---|",
        ...fields.map((field) => inputRow(field, [])),
        "",
    ];
}

function outputSection(outputs: Field[]): string[] {
    if (outputs.length === 0) return [];
    return [
        "## Outputs",
        "",
        "`id` is the object's id in its cloud.",
        "",
        "| output | type | meaning |",
        "|---|---|---|",
        ...outputs.map(({ name, type, text }) => `| \`${name}\` | ${code(type)} | ${cell(text)} |`),
        "",
    ];
}

/** The clouds in which a change of the input makes a new object. */
const replacingClouds = (name: string, replacements: readonly Replacement[]) =>
    replacements.filter(({ inputs }) => inputs.includes(name)).map(({ cloud }) => cloud);

/** What the mark of inputs means that are changed in place in one cloud only. */
function sometimes(inputs: Field[], replacements: readonly Replacement[]): string[] {
    const clouds = inputs.map(({ name }) => replacingClouds(name, replacements));
    const partly = clouds.filter(({ length }) => length > 0 && length < replacements.length).flat();
    return [...new Set(partly)].map((cloud) => `³ a change makes a new object on ${cloud}`);
}

function inputRow({ name, type, isOptional, text, otherwise }: Field, replacements: readonly Replacement[]): string {
    const clouds = replacingClouds(name, replacements).length;
    const replaces = clouds === 0 ? "" : clouds === replacements.length ? "²" : "³";
    const marks = `${isOptional ? "" : "¹"}${replaces}`;
    const left = otherwise ? ` Default: ${otherwise}.` : "";
    return `| \`${name}\`${marks} | ${code(type)} | ${cell(text)}${cell(left)} |`;
}

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;

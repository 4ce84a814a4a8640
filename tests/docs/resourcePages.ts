import type { Contract, Field, NamedType } from "./contracts.ts";

/** The inputs whose change replaces the object, for each form of the arguments. A form is named by its cloud. */
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
        ["¹ required", "² a change replaces the object", ...sometimes(inputs, replacements)].join(" · "),
        "",
        "All other changes are made in place.",
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
            ? "`adopt` adopts an existing image when the resource is created. To import an image without creating anything, declare it in the program and run"
            : "To import an existing object without creating anything, declare it in the program and run",
        "",
        "```",
        "npx machine-images import-file NAME=ID",
        "pulumi import --file import.json --generate-code=false",
        "```",
        "",
        "where NAME is the resource's name in the program and ID is its id in the cloud. `pulumi import TYPE NAME ID` does not work",
        "for dynamic resources.",
        "",
        "<!-- Generated from the source by `UPDATE_DOCS=1 node tests/run.ts tests/docs`. A test fails if it differs. -->",
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

/** The clouds in which a change of the input replaces the object. */
const replacingClouds = (name: string, replacements: readonly Replacement[]) =>
    replacements.filter(({ inputs }) => inputs.includes(name)).map(({ cloud }) => cloud);

/** The legend for inputs whose change replaces the object in one cloud only. */
function sometimes(inputs: Field[], replacements: readonly Replacement[]): string[] {
    const clouds = inputs.map(({ name }) => replacingClouds(name, replacements));
    const partly = clouds.filter(({ length }) => length > 0 && length < replacements.length).flat();
    return [...new Set(partly)].map((cloud) => `³ a change replaces the object on ${cloud}`);
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

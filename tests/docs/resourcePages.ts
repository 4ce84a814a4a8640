import type { Contract, Field, NamedType } from "./contracts.ts";

/** The page of one resource, in Markdown. */
export function resourcePage(contract: Contract, replaceOn: readonly string[]): string {
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
        ...inputs.map((input) => inputRow(input, replaceOn)),
        "",
        "¹ needed · ² a change makes a new object; everything else is changed in place",
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

function inputRow({ name, type, isOptional, text, otherwise }: Field, replaceOn: readonly string[]): string {
    const marks = `${isOptional ? "" : "¹"}${replaceOn.includes(name) ? "²" : ""}`;
    const left = otherwise ? ` Left out: ${otherwise}.` : "";
    return `| \`${name}\`${marks} | ${code(type)} | ${cell(text)}${cell(left)} |`;
}

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;

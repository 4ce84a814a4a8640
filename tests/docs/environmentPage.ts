import type { JsonSchema } from "../../provider/dist/environment/jsonSchema.js";

/** The page of environment files, in Markdown, from the descriptions of their schema. */
export function environmentPage(schema: JsonSchema, example: string, picture: string): string {
    return [
        "# Environment files",
        "",
        "An environment file describes images and the servers that are made of them, as data. `machine-images validate FILE`",
        "checks it, `new Environment(NAME, { file: FILE })` makes it part of a Pulumi program. The arguments of images, shares",
        "and servers are those of the [resources](resources) and mean the same; each page there says more about them.",
        "",
        "```yaml",
        example.trimEnd(),
        "```",
        "",
        "`machine-images graph FILE` draws what it builds:",
        "",
        "```mermaid",
        picture.trimEnd(),
        "```",
        "",
        "A text may hold `${parameters.NAME}`; where a number or a switch is wanted, that reference stands alone. In a map",
        "written with braces it needs quotes. An image is named as `${images.NAME}`. What each object needs of another follows",
        "from these names.",
        "",
        ...section("The file", schema),
        "<!-- Written by `UPDATE_DOCS=1 node tests/run.ts tests/docs` from the source; the test fails when it differs. -->",
        "",
    ].join("\n");
}

function section(title: string, schema: JsonSchema): string[] {
    const { description, properties = {}, required = [] } = schema;
    const inner: string[] = [];
    const rows = Object.entries(properties).map(([key, part]) => {
        const field = objectOf(part);
        for (const { title: below, schema: form } of formsBelow(
            title === "The file" ? key : `${title}.${key}`,
            field,
        )) {
            inner.push(...section(below, form));
        }
        const mark = required.includes(key) ? "¹" : "";
        return `| \`${key}\`${mark} | ${cell(typeOf(field))} | ${cell(field.description ?? fixedOf(field))} |`;
    });
    return [
        `## ${title}`,
        "",
        ...(description ? [description, ""] : []),
        "| key | type | meaning |",
        "|---|---|---|",
        ...rows,
        "",
        ...(required.length > 0 ? ["¹ needed", ""] : []),
        ...inner,
    ];
}

const objectOf = (part: JsonSchema | boolean): JsonSchema => (typeof part === "object" ? part : {});
const cell = (text: string) => text.replaceAll("|", "\\|");
const fixedOf = ({ const: fixed }: JsonSchema) => (fixed === undefined ? "" : `Always ${JSON.stringify(fixed)}.`);

/** Maps that have keys of their own: sections of the page. */
function formsBelow(title: string, part: JsonSchema): { title: string; schema: JsonSchema }[] {
    if (part.properties) return [{ title, schema: part }];
    const named = typeof part.additionalProperties === "object" ? part.additionalProperties : undefined;
    if (named) return formsBelow(`${title}.NAME`, named);
    const item = typeof part.items === "object" && !Array.isArray(part.items) ? part.items : undefined;
    if (item) return formsBelow(`${title}[]`, item);
    return [...(part.oneOf ?? []), ...(part.anyOf ?? [])].map(objectOf).flatMap((form) => {
        const fixed = Object.entries(form.properties ?? {}).find(([, value]) => objectOf(value).const !== undefined);
        const names = fixed
            ? `${fixed[0]}: ${String(objectOf(fixed[1]).const)}`
            : Object.keys(form.properties ?? {}).join(", ");
        return formsBelow(`${title} (${names})`, form);
    });
}

function typeOf(part: JsonSchema): string {
    if (part.const !== undefined) return `\`${JSON.stringify(part.const)}\``;
    if (part.enum) return part.enum.map((value) => `\`${String(value)}\``).join(", ");
    if (part.type === "array") return "list";
    if (part.type === "object" || part.properties) return "map";
    const forms = (part.anyOf ?? part.oneOf ?? []).map(objectOf);
    // A parameter can stand for any value.
    const own = forms.filter(({ pattern }) => !pattern?.includes("parameters"));
    if (forms.length > 0) return [...new Set(own.map(typeOf))].join(" or ");
    return Array.isArray(part.type) ? part.type.join(" or ") : String(part.type ?? "any");
}

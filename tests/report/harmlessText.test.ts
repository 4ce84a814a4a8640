import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, assert as assertProperty, constantFrom, oneof, property, string } from "fast-check";
import MarkdownIt from "markdown-it";
import { visibleJson, visibleText } from "../../provider/dist/core/visibleText.js";
import { readPreview } from "../../provider/dist/report/plan/readPreview.js";
import { markdownOf } from "../../provider/dist/report/render/markdown.js";
import { code, htmlText, plainText } from "../../provider/dist/report/render/markdownText.js";
import { reportOf } from "../../provider/dist/report/report.js";

const parser = new MarkdownIt({ html: true, linkify: true });
// Neither GitHub nor GitLab turns a bare name such as "example.com" into a link.
parser.linkify.set({ fuzzyLink: false });

/** Texts that GitHub or GitLab interpret outside code. */
const pieces = [
    "@octocat",
    "@acme/team",
    "@all",
    "#123",
    "GH-7",
    "gh-7",
    "acme/shop#1",
    "acme/shop@0d7f0e33",
    "!1",
    "%3",
    "%milestone",
    "~bug",
    '~"a label"',
    "&4",
    "$12",
    "^alert#1",
    "*iteration:1",
    "[vulnerability:1]",
    ":tada:",
    "$x$",
    "$`x`$",
    "$$",
    "\\(x\\)",
    "https://evil.example/x",
    "www.evil.example",
    "HTTP://EVIL.EXAMPLE",
    "ftp://x.example",
    "mailto:a@b.example",
    "a@b.example",
    "0d7f0e33a1b2c3d4e5f60718293a4b5c6d7e8f90",
    "0d7f0e3",
    "PROJ-12",
    "[[_TOC_]]",
    "[TOC]",
    "[^1]",
    "[^1]: x",
    "[a](b)",
    "![a](b)",
    "<img src=x>",
    "<!-- x",
    "-->",
    "</details>",
    "&amp;",
    "&lt;b&gt;",
    "*a*",
    "__a__",
    "~~a~~",
    "`a",
    "```",
    "{+ a +}",
    "{- a -}",
    "[- a -]",
    "|a|b|",
    "---",
    "===",
    "- a",
    "1. a",
    "# a",
    "> a",
    "/close",
    "\n/close",
    "\n\n",
    "\\",
    "\u001b[31m",
    "\u001b]0;x\u0007",
    "\u009b31m",
    "\u202e",
    "\u200b",
    "\u2066",
    "\u0000",
    "\r",
    "\t",
    "\u2028",
    "a",
    " ",
    "(",
    ")",
    ",",
    ":",
    '"',
];
const foreign = oneof(
    array(oneof(constantFrom(...pieces), constantFrom(" ", "")), { maxLength: 12 }).map((all) => all.join("")),
    string({ unit: "binary", maxLength: 40 }),
    string({ unit: "grapheme", maxLength: 40 }),
);
/** Patterns that they interpret outside code. */
const linked = [
    /(^|[^\w])[@#!%~&^$][\w{`"]/,
    /\$/,
    /:[\w+-]+:/,
    /\w:\/\//,
    /www\./i,
    /\b[0-9a-f]{7,40}\b/i,
    /\bGH-\d/i,
    /\b[A-Z][A-Z0-9_]+-\d/,
    /\[\[|\[[\w^]/,
    /\{[+-]/,
    /^\//m,
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be shown
const invisible = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** The text outside code, and all text, of a paragraph. Fails if the paragraph contains any other element. */
function inlineParts(markdown: string): { text: string; all: string } {
    const [open, inline, close, ...more] = parser.parse(`x ${markdown}`, {});
    assert.deepEqual(
        [open?.type, inline?.type, close?.type, more],
        ["paragraph_open", "inline", "paragraph_close", []],
    );
    const children = (inline?.children ?? []).filter(({ type }) => type !== "text" || true);
    const others = children.filter(({ type }) => !["text", "text_special", "code_inline"].includes(type));
    assert.deepEqual(
        others.map(({ type }) => type),
        [],
        markdown,
    );
    const texts = (wanted: string[]) =>
        children
            .flatMap(({ type, content }) =>
                wanted.includes(type) ? [content] : [type === "code_inline" ? "\uffff" : ""],
            )
            .join("");
    return {
        text: texts(["text", "text_special"]),
        all: children.map(({ content }) => content).join(""),
    };
}

describe("text of programs and clouds in a report", () => {
    it("is shown literally: it contains no Markdown, HTML, reference or control character", () => {
        assertProperty(
            property(foreign, (given) => {
                const { text, all } = inlineParts(plainText(given));
                for (const pattern of linked) assert.doesNotMatch(text.slice(2), pattern, JSON.stringify(given));
                assert.doesNotMatch(all, invisible);
                const read = (words: string) => words.replaceAll("`", "'").replace(/\s+/g, " ").trim();
                assert.equal(read(all.slice(2)), read(visibleText(given)));
            }),
            { numRuns: 3000 },
        );
    });

    it("starts no list, heading, rule, quotation or quick action", () => {
        assertProperty(
            property(foreign, (given) => {
                const shown = plainText(given);
                if (shown === "") return;
                const types = parser.parse(`- ${shown}`, {}).map(({ type }) => type);
                assert.deepEqual(
                    types,
                    [
                        "bullet_list_open",
                        "list_item_open",
                        "paragraph_open",
                        "inline",
                        "paragraph_close",
                        "list_item_close",
                        "bullet_list_close",
                    ],
                    shown,
                );
                assert.doesNotMatch(shown, /^\//);
            }),
            { numRuns: 2000 },
        );
    });

    it("does not break out of code or of an HTML tag", () => {
        assertProperty(
            property(foreign, (given) => {
                const { text } = inlineParts(code(given));
                assert.equal(text, "x \uffff");
                const html = htmlText(given).replaceAll(/<\/?code>/g, "");
                assert.doesNotMatch(html, /[<>\n]|&(?!amp;|lt;|gt;)/);
                const outside = htmlText(given).replaceAll(/<code>.*?<\/code>/g, "\uffff");
                for (const pattern of linked) {
                    assert.doesNotMatch(outside.replaceAll(/&(amp|lt|gt);/g, " "), pattern, JSON.stringify(given));
                }
            }),
            { numRuns: 2000 },
        );
    });

    it("contains no control character in JSON, and the JSON has the same value", () => {
        assertProperty(
            property(foreign, (given) => {
                const json = visibleJson(JSON.stringify({ given }, undefined, 2));
                assert.doesNotMatch(json, invisible);
                assert.deepEqual(JSON.parse(json), { given });
            }),
        );
    });

    it("does not end a block of a report, whatever name or message contains it", () => {
        const file = join(import.meta.dirname, "fixtures", "everything.json");
        const preview: string = readFileSync(file, "utf8");
        assertProperty(
            property(foreign, foreign, (name, message) => {
                const digest = JSON.parse(preview);
                for (const step of digest.steps) {
                    step.urn = step.urn.replace(/::golden$/, () => `::golden${name}`);
                    for (const state of [step.oldState, step.newState])
                        if (state?.inputs) state.inputs.description = message;
                    if (step.detailedDiff) step.detailedDiff[`tags["${name}"]`] = { kind: "update" };
                    step.replaceReasons = [`tags["${name}"]`];
                }
                digest.diagnostics = [
                    { severity: "warning", message },
                    { severity: "error", message: name || "x" },
                ];
                const markdown = markdownOf(reportOf(readPreview(JSON.stringify(digest))));
                const tokens = parser.parse(markdown, {});
                const html = tokens.flatMap(({ type, content }) => (type === "html_block" ? [content] : [])).join("");
                const bare = html.replaceAll(/<code>.*?<\/code>/g, "");
                assert.doesNotMatch(
                    bare.replace(/^<!-- [^\n]* -->$/m, ""),
                    /<(?!\/?(?:details|summary)>)|<!--/,
                    markdown,
                );
                const inner = tokens.flatMap(({ children }) => children ?? []).map(({ type }) => type);
                const others = inner.filter(
                    (type) => !/^(text|text_special|code_inline|softbreak|strong_open|strong_close)$/.test(type),
                );
                assert.deepEqual(others, [], markdown);
                assert.equal(markdown.match(/<details>/g)?.length, markdown.match(/^<\/details>$/gm)?.length);
                assert.doesNotMatch(markdown, invisible);
            }),
            { numRuns: 200 },
        );
    });
});

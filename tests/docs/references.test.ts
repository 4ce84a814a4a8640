import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { alibabaCloud } from "../../provider/dist/simulator/alibaba/index.js";
import { huaweiCloud } from "../../provider/dist/simulator/huawei/index.js";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "provider", "docs", "reference");
const pages = new Map(readdirSync(folder).map((page) => [page, readFileSync(join(folder, page), "utf8")]));

/** The anchor of a heading on GitHub. */
const anchorOf = (heading: string): string =>
    heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replaceAll(" ", "-");

function anchorsOf(text: string): Set<string> {
    return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading)));
}

/** Whether a page has the heading or, without a heading, exists. */
function exists(page: string, anchor: string | undefined): boolean {
    const text = pages.get(page);
    return text !== undefined && (anchor === undefined || anchorsOf(text).has(anchor));
}

const skipped = new Set(["node_modules", "dist", "modules", ".work"]);

/** The text files in a folder: sources, tests, pages and data. */
function textsIn(path: string): { path: string; text: string }[] {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) return skipped.has(entry.name) ? [] : textsIn(inner);
        if (!/\.(ts|js|cjs|md|json|py|go|yaml)$/.test(entry.name)) return [];
        return [{ path: relative(root, inner), text: readFileSync(inner, "utf8") }];
    });
}

const citation = /docs\/reference\/([\w-]+\.md)(?:#([\w-]+))?/g;

/** References to files that are not published: their names, their section and rule numbers, and their abbreviations. */
const unreadable = [
    /\b(?:alibaba|huawei|pulumi|simulators)\.md\b/,
    /\bimage-lifecycle(?:\.md)? \d/,
    /\b[Ss]ections? \d/,
    /\b[Rr]eference (?:\d|[A-Z]\.\d)/,
    /\bR\d{1,2}\b/,
    /\b(?:HW\d\d|(?:ECS|EVS|CBR|CSBS|IAM)D)\b/,
];

describe("the reference pages", function () {
    this.timeout(30_000);
    const texts = ["provider", "tests", "examples"].flatMap((part) => textsIn(join(root, part)));

    it("contain every heading that a source, a test or a page cites", () => {
        const missing = texts.flatMap(({ path, text }) =>
            [...text.matchAll(citation)]
                .filter(([, page = "", anchor]) => !exists(page, anchor))
                .map(([cited]) => `${path}: ${cited}`),
        );
        assert.deepEqual(missing, []);
    });

    it("are cited by heading, and no unpublished file is cited", () => {
        const found = texts.flatMap(({ path, text }) =>
            text.split("\n").flatMap((line, index) => {
                const isUnreadable = unreadable.some((pattern) => pattern.test(line));
                return isUnreadable ? [`${path}:${index + 1}: ${line.trim()}`] : [];
            }),
        );
        assert.deepEqual(found, []);
    });

    for (const [page, text] of pages) {
        it(`${page} has at most 250 lines and no broken link`, () => {
            assert.ok(text.split("\n").length <= 250, `${page} has more than 250 lines`);
            const links = [...text.matchAll(/\]\(([\w-]+\.md)?(?:#([\w-]+))?\)/g)];
            const broken = links.filter(([, other, anchor]) => !exists(other ?? page, anchor));
            assert.deepEqual(
                broken.map(([link]) => link),
                [],
            );
            const defined = new Set([...text.matchAll(/^\[([^\]]+)\]: https:\/\/\S+$/gm)].map(([, label]) => label));
            const prose = text.replace(/`[^`]*`/g, "").replace(/^\[[^\]]+\]: .*$/gm, "");
            const used = [...prose.matchAll(/(?:\[[^\]]+\])?\[([^\]]+)\](?!\(|\[)/g)].map(([, label = ""]) =>
                label.replace(/\s+/g, " "),
            );
            assert.deepEqual(
                [...new Set(used)].filter((label) => !defined.has(label)),
                [],
            );
            assert.deepEqual(
                [...defined].filter((label = "") => !used.includes(label)),
                [],
            );
        });
    }

    it("are listed in their index", () => {
        const index = pages.get("README.md") ?? "";
        const unlisted = [...pages.keys()].filter((page) => page !== "README.md" && !index.includes(`(${page})`));
        assert.deepEqual(unlisted, []);
    });

    it("are the source of every confirmed rule of the simulator, unless it has a public URL", () => {
        const rules = [...alibabaCloud.rules, ...huaweiCloud.rules].filter(({ confirmed }) => confirmed);
        assert.ok(rules.length > 100);
        const without = rules.filter(
            ({ source }) => !/docs\/reference\/|github\.com\/|alibabacloud\.com\//.test(source),
        );
        assert.deepEqual(without, []);
    });
});

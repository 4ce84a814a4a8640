import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { isLargeInteger } from "../core/json";
import { dotted, type EnvironmentProblem, type Finding, type Path } from "./problem";

/** A YAML file and where everything is in it. */
export interface YamlFile {
    data: unknown;
    /** Why it is no YAML. */
    problems: EnvironmentProblem[];
    place(finding: Finding): EnvironmentProblem;
    /** A number, true or false as the file writes it, such as 1.10 or 0123; undefined of anything else. */
    written(path: Path): string | undefined;
}

/** Reads a file's text. @param file its name, for the problems */
export function readYaml(file: string, text: string): YamlFile {
    const lines = new LineCounter();
    const document = parseDocument(text, {
        lineCounter: lines,
        prettyErrors: false,
        logLevel: "error",
        intAsBigInt: true,
        // Compares every key with every other one; `prepare` does the same in one pass.
        uniqueKeys: false,
    });
    const twice = prepare(document);
    const entryOf = entriesOf();
    const placeAt = (offset: number, path: string, message: string): EnvironmentProblem => {
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1), path, message };
    };

    function place({ path, at, message }: Finding): EnvironmentProblem {
        let node: unknown = document.contents;
        let offset = offsetOf(node) ?? 0;
        for (const [index, key] of path.entries()) {
            const found = entryOf(isAlias(node) ? node.resolve(document) : node, key);
            if (!found) break;
            const isWanted = index === path.length - 1 && at === "value";
            const isBlock = isMap(found.value) || isSeq(found.value);
            offset = offsetOf(isWanted && !isBlock ? found.value : found.key) ?? offsetOf(found.value) ?? offset;
            node = found.value;
        }
        return placeAt(offset, dotted(path), message);
    }

    function written(path: Path): string | undefined {
        let node: unknown = document.contents;
        for (const key of path) node = entryOf(isAlias(node) ? node.resolve(document) : node, key)?.value;
        const scalar = isAlias(node) ? node.resolve(document) : node;
        if (!isScalar(scalar) || scalar.type !== "PLAIN") return undefined;
        return typeof scalar.value !== "string" || isLargeInteger(scalar.value) ? scalar.source : undefined;
    }

    const invalid = (offset: number, reason: string) =>
        placeAt(offset, "", `invalid YAML: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`);
    // What follows such a slip is only its consequence.
    const bare = document.errors.filter(({ pos: [start] }) => text.startsWith("${", start - 1));
    // One wrong indentation gives an error for every line below it.
    const [first] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
    const problems =
        bare.length > 0
            ? bare.map(({ pos: [start] }) =>
                  placeAt(start - 1, "", `between braces a reference stands in quotes: "${reference(text, start)}"`),
              )
            : first
              ? [invalid(first.pos[0], first.message)]
              : twice.map((offset) => invalid(offset, "map keys must be unique"));
    if (problems.length > 0) return { data: undefined, problems, place, written };
    try {
        return { data: withoutCircles(document.toJS()), problems, place, written };
    } catch (error) {
        // An alias of nothing, of itself, or of so much that it was made to do harm.
        const reason = error instanceof Error ? error.message : String(error);
        return { data: undefined, problems: [invalid(0, reason)], place, written };
    }
}

/**
 * Keys become texts as they are written, and so does an integer that a number cannot hold: it loses no digit.
 *
 * @returns where a key of a map comes a second time
 */
function prepare(document: Document): number[] {
    const twice: number[] = [];
    visit(document, {
        Scalar(_key, node) {
            const { value, source } = node;
            if (typeof value === "bigint") node.value = isSafe(value) ? Number(value) : (source ?? String(value));
        },
        Map(_key, { items }) {
            const seen = new Set<unknown>();
            for (const { key } of items) {
                if (!isScalar(key)) continue;
                if (typeof key.value !== "string" && key.value !== null) key.value = key.source ?? String(key.value);
                if (seen.has(key.value)) twice.push(offsetOf(key) ?? 0);
                seen.add(key.value);
            }
        },
    });
    return twice;
}

const isSafe = (value: bigint) => Number.isSafeInteger(Number(value));

/** The reference whose brace is there. */
const reference = (text: string, brace: number) => `$${/^\{[^}\n]*\}?/.exec(text.slice(brace))?.[0] ?? ""}`;

interface Entry {
    key?: unknown;
    value: unknown;
}

/** Finds what a node has at a key. Each map is indexed once: a file may have many problems. */
function entriesOf() {
    const indexes = new WeakMap<object, ReadonlyMap<string, Entry>>();
    return (node: unknown, key: PropertyKey): Entry | undefined => {
        if (isSeq(node)) {
            return typeof key === "number" && node.items.length > key ? { value: node.items[key] } : undefined;
        }
        if (!isMap<Node, Node>(node)) return undefined;
        // Of a key that comes twice the first one, as the problem of it says.
        const index = indexes.get(node) ?? new Map(node.items.toReversed().map((pair) => [String(pair.key), pair]));
        indexes.set(node, index);
        return index.get(String(key));
    };
}

function offsetOf(node: unknown): number | undefined {
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}

/** @throws when an alias is inside what it stands for */
function withoutCircles(data: unknown, above: unknown[] = []): unknown {
    if (typeof data !== "object" || data === null) return data;
    if (above.includes(data)) throw new Error("an alias is inside what it stands for");
    above.push(data);
    for (const inner of Object.values(data)) withoutCircles(inner, above);
    above.pop();
    return data;
}

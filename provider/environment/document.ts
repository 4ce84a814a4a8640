import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { isLargeInteger } from "../core/json";
import { dotted, type EnvironmentProblem, type Finding, type Path } from "./problem";

/** A YAML file with the positions of its values. */
export interface YamlFile {
    data: unknown;
    /** Syntax errors. */
    problems: EnvironmentProblem[];
    place(finding: Finding): EnvironmentProblem;
    /** A number, true or false as written in the file, such as 1.10 or 0123; undefined for other values. */
    written(path: Path): string | undefined;
}

/** Parses a file. @param file its name, for the problems */
export function readYaml(file: string, text: string): YamlFile {
    const lines = new LineCounter();
    const document = parseDocument(text, {
        lineCounter: lines,
        prettyErrors: false,
        logLevel: "error",
        intAsBigInt: true,
        // The parser compares every key with every other one; `prepare` finds duplicates in one pass.
        uniqueKeys: false,
    });
    const duplicates = prepare(document);
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
    // References without quotes. All other errors are consequences of them.
    const bare = document.errors.filter(({ pos: [start] }) => text.startsWith("${", start - 1));
    // The first error only: one wrong indentation causes an error for every line below it.
    const [first] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
    const problems =
        bare.length > 0
            ? bare.map(({ pos: [start] }) =>
                  placeAt(start - 1, "", `a reference between braces must be in quotes: "${reference(text, start)}"`),
              )
            : first
              ? [invalid(first.pos[0], first.message)]
              : duplicates.map((offset) => invalid(offset, "map keys must be unique"));
    if (problems.length > 0) return { data: undefined, problems, place, written };
    try {
        return { data: withoutCycles(document.toJS()), problems, place, written };
    } catch (error) {
        // An alias is unresolved, refers to itself, or expands to more than the parser's limit.
        const reason = error instanceof Error ? error.message : String(error);
        return { data: undefined, problems: [invalid(0, reason)], place, written };
    }
}

/**
 * Converts keys to strings as they are written, and also integers that a number cannot hold, which keeps their digits.
 *
 * @returns the offsets of duplicate keys
 */
function prepare(document: Document): number[] {
    const duplicates: number[] = [];
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
                if (seen.has(key.value)) duplicates.push(offsetOf(key) ?? 0);
                seen.add(key.value);
            }
        },
    });
    return duplicates;
}

const isSafe = (value: bigint) => Number.isSafeInteger(Number(value));

/** The reference whose opening brace is at this offset. */
const reference = (text: string, brace: number) => `$${/^\{[^}\n]*\}?/.exec(text.slice(brace))?.[0] ?? ""}`;

interface Entry {
    key?: unknown;
    value: unknown;
}

/** Finds the entry of a node by its key. Each map is indexed once, because a file can have many problems. */
function entriesOf() {
    const indexes = new WeakMap<object, ReadonlyMap<string, Entry>>();
    return (node: unknown, key: PropertyKey): Entry | undefined => {
        if (isSeq(node)) {
            return typeof key === "number" && node.items.length > key ? { value: node.items[key] } : undefined;
        }
        if (!isMap<Node, Node>(node)) return undefined;
        // If a key occurs twice, the index holds the first one.
        const index = indexes.get(node) ?? new Map(node.items.toReversed().map((pair) => [String(pair.key), pair]));
        indexes.set(node, index);
        return index.get(String(key));
    };
}

function offsetOf(node: unknown): number | undefined {
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}

/** @throws if an alias is inside the value that it refers to */
function withoutCycles(data: unknown, above: unknown[] = []): unknown {
    if (typeof data !== "object" || data === null) return data;
    if (above.includes(data)) throw new Error("an alias is inside the value that it refers to");
    above.push(data);
    for (const inner of Object.values(data)) withoutCycles(inner, above);
    above.pop();
    return data;
}

import { closestWord } from "../core/closestWord";
import { aboutValue, dotted, type Finding, type Path } from "./problem";

const anyReference = /\$\{([^}]*)\}/g;
const imageReference = /^\$\{\s*images\.([\w-]+)\s*\}$/;

/** The image that a text refers to: "golden" for "${images.golden}". */
export function referredImage(text: unknown): string | undefined {
    return typeof text === "string" ? imageReference.exec(text)?.[1] : undefined;
}

/** Names that a file declares. */
export interface Declared {
    parameters: ReadonlySet<string>;
    images: ReadonlySet<string>;
}

/** References to undeclared names, and references in the wrong place. */
export function referenceFindings(data: unknown, declared: Declared): Finding[] {
    return textsIn(data, []).flatMap(({ path, text }) => {
        if (!sections.includes(path[0])) return [];
        if (path.at(-1) === "description" || path.at(-1) === "pattern" || !text.includes("${"))
            return bare(path, text, declared);
        if (path[0] === "parameters")
            return [aboutValue(path, `${dotted(path)}: a parameter cannot contain references`)];
        const found = [...text.matchAll(anyReference)];
        if (text.replaceAll(anyReference, "").includes("${")) {
            return [aboutValue(path, `${dotted(path)}: a reference must end with "}"`)];
        }
        return found.flatMap(([whole, inner = ""]) => referenceFinding(path, text === whole, inner.trim(), declared));
    });
}

/** The sections that can contain references. The schema reports other keys. */
const sections: readonly (PropertyKey | undefined)[] = ["parameters", "clouds", "images", "servers", "policy"];

/** The bare name of an image, where a reference to it is required. */
function bare(path: Path, text: string, { images }: Declared): Finding[] {
    if (!takesImage(path) || !images.has(text)) return [];
    return [aboutValue(path, `${dotted(path)}: "${text}" is an image of this file: write \${images.${text}}`)];
}

/** Whether the key is the image of servers or of an EcsImage. */
const takesImage = (path: Path) =>
    path.length === 3 && (path[0] === "servers" || path[0] === "images") && path[2] === "image";

function referenceFinding(path: Path, isWhole: boolean, inner: string, declared: Declared): Finding[] {
    const finding = (message: string) => [aboutValue(path, `${dotted(path)}: ${message}`)];
    const [root = "", ...rest] = inner.split(".");
    const target = rest.join(".");
    if (root !== "parameters" && root !== "images") {
        const closest = closestWord(root, ["parameters", "images"]);
        const advice = closest
            ? `did you mean \${${closest}.${target}}?`
            : "write ${parameters.NAME} or ${images.NAME}";
        return finding(`unknown reference \${${inner}}: ${advice}`);
    }
    if (!declared[root].has(target)) {
        const closest = closestWord(target, [...declared[root]], declared[root]);
        const advice = closest ? `did you mean \${${root}.${closest}}?` : `declare it under ${root}`;
        return finding(`the file has no ${root.slice(0, -1)} "${target}": ${advice}`);
    }
    if (root === "parameters" || (takesImage(path) && isWhole)) return [];
    return finding("a reference to an image can only be the whole image of a server or of an EcsImage");
}

function textsIn(value: unknown, path: Path): { path: Path; text: string }[] {
    if (typeof value === "string") return [{ path, text: value }];
    if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
    if (typeof value !== "object" || value === null || "__pulumiOutput" in value) return [];
    return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

/** EcsImages that copy each other in a cycle. */
export function cycleFindings(sources: ReadonlyMap<string, string>): Finding[] {
    const seen = new Set<string>();
    return [...sources.keys()].flatMap((start) => {
        // Each image has at most one source, so each walk ends: at an image without one, in a cycle, or at an earlier
        // walk.
        const walk = new Map<string, number>();
        let next: string | undefined = start;
        while (next !== undefined && !seen.has(next)) {
            seen.add(next);
            walk.set(next, walk.size);
            next = sources.get(next);
        }
        const begin = next === undefined ? undefined : walk.get(next);
        return begin === undefined ? [] : [cycleFinding([...walk.keys()].slice(begin), sources)];
    });
}

/** Reported at the image that comes first in the file. */
function cycleFinding(cycle: readonly string[], sources: ReadonlyMap<string, string>): Finding {
    const inCycle = new Set(cycle);
    const first = [...sources.keys()].find((image) => inCycle.has(image)) ?? "";
    const at = cycle.indexOf(first);
    const names = [...cycle.slice(at), ...cycle.slice(0, at), first].join(" -> ");
    return aboutValue(["images", first, "image"], `images.${first}.image: images copy each other in a cycle: ${names}`);
}

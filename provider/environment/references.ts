import { closestWord } from "../core/closestWord";
import { aboutValue, dotted, type Finding, type Path } from "./problem";

const anyReference = /\$\{([^}]*)\}/g;
const imageReference = /^\$\{\s*images\.([\w-]+)\s*\}$/;

/** The image that a text stands for: "golden" for "${images.golden}". */
export function referredImage(text: unknown): string | undefined {
    return typeof text === "string" ? imageReference.exec(text)?.[1] : undefined;
}

/** Names that a file declares. */
export interface Declared {
    parameters: ReadonlySet<string>;
    images: ReadonlySet<string>;
}

/** References to what is not there, or where they cannot be. */
export function referenceFindings(data: unknown, declared: Declared): Finding[] {
    return textsIn(data, []).flatMap(({ path, text }) => {
        if (!sections.includes(path[0])) return [];
        if (path.at(-1) === "description" || path.at(-1) === "pattern" || !text.includes("${"))
            return bare(path, text, declared);
        if (path[0] === "parameters")
            return [aboutValue(path, `${dotted(path)}: a parameter cannot refer to anything`)];
        const found = [...text.matchAll(anyReference)];
        if (text.replaceAll(anyReference, "").includes("${")) {
            return [aboutValue(path, `${dotted(path)}: a reference ends with "}"`)];
        }
        return found.flatMap(([whole, inner = ""]) => referenceFinding(path, text === whole, inner.trim(), declared));
    });
}

/** Where texts mean something; another key of the file is a slip, which is said of it. */
const sections: readonly (PropertyKey | undefined)[] = ["parameters", "clouds", "images", "servers", "policy"];

/** An image's name alone, where a reference to it was meant. */
function bare(path: Path, text: string, { images }: Declared): Finding[] {
    if (!takesImage(path) || !images.has(text)) return [];
    return [aboutValue(path, `${dotted(path)}: "${text}" is an image of this file: write \${images.${text}}`)];
}

/** The servers' image, and what an EcsImage copies. */
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
        return finding(`there is no \${${inner}}: ${advice}`);
    }
    if (!declared[root].has(target)) {
        const closest = closestWord(target, [...declared[root]], declared[root]);
        const advice = closest ? `did you mean \${${root}.${closest}}?` : `declare it under ${root}`;
        return finding(`there is no ${root.slice(0, -1)} "${target}": ${advice}`);
    }
    if (root === "parameters" || (takesImage(path) && isWhole)) return [];
    return finding("an image can be named only as the whole image of a server or of an EcsImage");
}

function textsIn(value: unknown, path: Path): { path: Path; text: string }[] {
    if (typeof value === "string") return [{ path, text: value }];
    if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
    if (typeof value !== "object" || value === null || "__pulumiOutput" in value) return [];
    return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

/** Images that are copies of each other in a circle. */
export function cycleFindings(sources: ReadonlyMap<string, string>): Finding[] {
    const seen = new Set<string>();
    return [...sources.keys()].flatMap((start) => {
        // Each image has one source at most, so every way ends, in a circle, or where an earlier one went.
        const way = new Map<string, number>();
        let next: string | undefined = start;
        while (next !== undefined && !seen.has(next)) {
            seen.add(next);
            way.set(next, way.size);
            next = sources.get(next);
        }
        const begin = next === undefined ? undefined : way.get(next);
        return begin === undefined ? [] : [circleFinding([...way.keys()].slice(begin), sources)];
    });
}

/** Told of the image that comes first in the file. */
function circleFinding(circle: readonly string[], sources: ReadonlyMap<string, string>): Finding {
    const inCircle = new Set(circle);
    const first = [...sources.keys()].find((image) => inCircle.has(image)) ?? "";
    const at = circle.indexOf(first);
    const way = [...circle.slice(at), ...circle.slice(0, at), first].join(" -> ");
    return aboutValue(["images", first, "image"], `images.${first}.image: a circle of images: ${way}`);
}

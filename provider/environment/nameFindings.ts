import type { Model } from "./model";
import { aboutKey, dotted, type Finding, type Path } from "./problem";

/** A resource that the file declares, and its name without the environment's prefix. */
interface Named {
    type: string;
    name: string;
    path: Path;
}

/** Resource names that collide. Pulumi refuses two resources of the same type and name. */
export function nameFindings(model: Model): Finding[] {
    const first = new Map<string, Named>();
    const reported = new Set<Path>();
    return [...sharesOf(model), ...serversOf(model)].flatMap((named) => {
        const key = `${named.type} ${named.name}`;
        const other = first.get(key);
        first.set(key, other ?? named);
        if (!other || reported.has(named.path)) return [];
        reported.add(named.path);
        const reason = `it and ${dotted(other.path)} would both create a resource named ${named.name}: rename one of them`;
        return [aboutKey(named.path, `${dotted(named.path)}: ${reason}`)];
    });
}

function sharesOf({ images }: Model): Named[] {
    return [...images].flatMap(([image, { shares = {} }]) =>
        Object.keys(shares).map((share) => ({
            type: "ImageShare",
            name: `${image}-${share}`,
            path: ["images", image, "shares", share],
        })),
    );
}

function serversOf({ servers }: Model): Named[] {
    return [...servers].flatMap(([name, { kind, count, onImageChange }]) => {
        const path = ["servers", name];
        const numbers = typeof count === "number" ? Array.from({ length: count }, (_, index) => `-${index + 1}`) : [];
        return (count === undefined ? [""] : numbers).flatMap((ending) => [
            { type: kind, name: `${name}${ending}`, path },
            ...(onImageChange === "reset-system"
                ? [{ type: "SystemDiskReplacement", name: `${name}${ending}-system`, path }]
                : []),
        ]);
    });
}

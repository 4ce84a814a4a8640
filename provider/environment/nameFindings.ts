import type { Model } from "./model";
import { aboutKey, dotted, type Finding, type Path } from "./problem";

/** A resource that the file makes, by the name that it gets after the environment's. */
interface Named {
    type: string;
    name: string;
    path: Path;
}

/** Names that come out the same, for Pulumi refuses two resources of one type and name. */
export function nameFindings(model: Model): Finding[] {
    const first = new Map<string, Named>();
    const said = new Set<Path>();
    return [...sharesOf(model), ...serversOf(model)].flatMap((named) => {
        const key = `${named.type} ${named.name}`;
        const other = first.get(key);
        first.set(key, other ?? named);
        if (!other || said.has(named.path)) return [];
        said.add(named.path);
        const reason = `one of its resources would be called ${named.name}, as one of ${dotted(other.path)} is: give one another name`;
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

import type { Properties } from "../resources/simulated.ts";
import type { ResourceType } from "./program.ts";

/** A resource in a stack's state. */
export interface Stored {
    readonly name: string;
    readonly type: ResourceType;
    /** The type of the component that it belongs to. */
    readonly under?: string;
    readonly inputs: Properties;
    readonly outs: Properties;
    readonly id: string;
    readonly dependsOn: readonly string[];
    /** It was created or changed only in part: the next up finishes it. */
    readonly isPartial: boolean;
}

/** A short URN without stack and project. */
export function localUrn({ name, type, under }: Pick<Stored, "name" | "type" | "under">): string {
    return `${under === undefined ? "" : `${under}$`}~:${type}::${name}`;
}

/** The resource after another one, or itself, was renamed. */
export function renamedIn(stored: Stored, name: string, to: string): Stored {
    return {
        ...stored,
        name: stored.name === name ? to : stored.name,
        dependsOn: stored.dependsOn.map((other) => (other === name ? to : other)),
    };
}

/** In an order in which they can be deleted. */
export function dependentsFirst(leaving: readonly Stored[]): Stored[] {
    const left = [...leaving];
    const ordered: Stored[] = [];
    while (left.length > 0) {
        const index = left.findIndex((one) => !left.some(({ dependsOn }) => dependsOn.includes(one.name)));
        ordered.push(...left.splice(Math.max(index, 0), 1));
    }
    return ordered;
}

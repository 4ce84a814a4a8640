/** No resource of this package has deeper values. A recursive function would overflow the stack on them. */
const mostLevels = 100;
const cut = "nested too deeply to be shown";

/** Cuts parsed JSON below `mostLevels`, in place. */
export function shallow(json: unknown): unknown {
    let level = [json].filter(isNested);
    for (let depth = 0; depth < mostLevels && level.length > 0; depth++) {
        const next: object[] = [];
        for (const value of level) for (const inner of Object.values(value)) if (isNested(inner)) next.push(inner);
        level = next;
    }
    for (const value of level) {
        for (const [key, inner] of Object.entries(value)) if (isNested(inner)) Reflect.set(value, key, cut);
    }
    return json;
}

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;

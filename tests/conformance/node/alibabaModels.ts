/** A request or response of Alibaba's SDKs. */
export interface Model {
    toMap(): Record<string, unknown>;
}

type Declared = string | ModelClass | { readonly type: string; readonly itemType: Declared };

export interface ModelClass {
    new (map: Record<string, unknown>): Model;
    /** Wire names by property. */
    names(): Record<string, string>;
    types(): Record<string, Declared>;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
    typeof value === "object" && value !== null && !Array.isArray(value);

function propertyOf(declared: Declared | undefined, sent: unknown): unknown {
    if (typeof declared === "function") return isFields(sent) ? built(declared, sent) : sent;
    if (typeof declared === "object" && Array.isArray(sent))
        return sent.map((item) => propertyOf(declared.itemType, item));
    return sent;
}

/** Creates the SDK's request from wire names. */
export function built(model: ModelClass, sent: Fields): Model {
    const types = model.types();
    const properties = new Map(Object.entries(model.names()).map(([property, wire]) => [wire, property]));
    const given = Object.entries(sent).map(([wire, value]) => {
        const property = properties.get(wire);
        if (property === undefined) throw new Error(`${model.name} of the SDK has no ${wire}`);
        return [property, propertyOf(types[property], value)] as const;
    });
    return new model(Object.fromEntries(given));
}

/**
 * The SDKs drop what their models do not declare, and convert types. Both are found by comparing their result with the
 * answer.
 */
export function differences(sent: unknown, understood: unknown, path: string): string[] {
    if (Array.isArray(sent) && Array.isArray(understood)) {
        return [...new Set(sent.flatMap((item, index) => differences(item, understood[index], path)))];
    }
    if (isFields(sent) && isFields(understood)) {
        return Object.entries(sent).flatMap(([name, value]) => differences(value, understood[name], `${path}.${name}`));
    }
    if (sent === understood) return [];
    if (understood === undefined) return [`${path} is not declared by the SDK`];
    return [`${path} is ${typeof sent}, the SDK returns ${typeof understood}`];
}

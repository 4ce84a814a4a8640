import { isProperties, type Properties } from "../pulumi/dynamic/plainJson";

/**
 * The inputs without values that say no more than leaving them out: written out, they would look like a change. A group of
 * which nothing is left is left out too.
 *
 * @param defaults by path, "source.dataDisk"
 */
export function without(inputs: Properties, defaults: Readonly<Record<string, unknown>>): Properties {
    return Object.entries(defaults).reduce((rest, [path, value]) => drop(rest, path.split("."), value), inputs);
}

function drop(inputs: Properties, [key = "", ...deeper]: string[], value: unknown): Properties {
    const { [key]: found, ...others } = inputs;
    if (deeper.length === 0) return found === value ? others : inputs;
    if (!isProperties(found)) return inputs;
    const rest = drop(found, deeper, value);
    const isEmptied = rest !== found && Object.keys(rest).length === 0;
    return isEmptied ? others : { ...inputs, [key]: rest };
}

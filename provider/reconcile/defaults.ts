import { isProperties, type Properties } from "../pulumi/dynamic/plainJson";

/**
 * Returns the inputs without default values: a default that is written out would look like a change. A group that
 * becomes empty is removed too.
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

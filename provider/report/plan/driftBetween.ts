import { type Properties, sameJson } from "../../pulumi/dynamic/plainJson";
import { secretText, valueText } from "./values";

/** How an object differs from the stack's state, one sentence for each property. */
export function driftBetween(what: string, state: Properties, live: Properties): string[] {
    return differences(state, live).map(
        ([key, was, is]) => `${key} of ${what} is ${valueText(is)}, not ${valueText(was)} as in the stack's state`,
    );
}

/** The inputs that differ, by key. An entry of a map, such as a tag, has its own key: "tags.team". */
function differences(was: Properties, is: Properties, above = ""): [key: string, was: unknown, is: unknown][] {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !key.startsWith("__"));
    return keys.flatMap((key) => {
        const path = above === "" ? key : `${above}.${key}`;
        const [before, now] = [was[key], is[key]];
        // The values of secrets are not known here.
        if (before === secretText || now === secretText || sameJson(before, now)) return [];
        return isMap(before) && isMap(now) ? differences(before, now, path) : [[path, before, now]];
    });
}

const isMap = (value: unknown): value is Properties =>
    typeof value === "object" && value !== null && !Array.isArray(value);

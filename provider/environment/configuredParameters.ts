import { z } from "zod";
import { parseTexts } from "../core/json";
import { type Scalar, scalarOf } from "./parameters";
import { declaredParameters, readEnvironment } from "./readEnvironment";

const texts = z.record(z.string(), z.string());

/** An environment file, and the values of its parameters in the stack's configuration. */
export interface Configured<Kept> {
    file: string;
    text: string;
    /** JSON from the engine; undefined if nothing is set. */
    values: string | undefined;
    /** Converts a value to a secret output; undefined if no value is secret. */
    secret: ((value: Scalar) => Kept) | undefined;
}

/**
 * The values of parameters, converted to their declared types: a stack's configuration can hold all of them as strings,
 * and can hold a string that looks like a number as a number.
 *
 * For an object with a secret, Pulumi shows only that it has one, not which value it is. So all values become secret,
 * as with `getSecretObject`, except those that decide which resources exist or where they are, which must be plain.
 *
 * @throws if the values are not a map of scalars
 */
export function configuredParameters<Kept>(configured: Configured<Kept>): Record<string, Scalar | Kept> {
    const { file, text, values, secret } = configured;
    const declared = declaredParameters(file, text);
    const given: Record<string, Scalar> = Object.fromEntries(
        Object.entries(textsOf(values)).map(([name, value]) => [name, scalarOf(declared.get(name), value)]),
    );
    const reads = (parameters: object) => readEnvironment(file, text, { given: { ...parameters } }).model !== undefined;
    // An invalid value is passed on as it is, so that the checks of the file report it.
    if (!secret || !reads(given)) return given;
    return Object.fromEntries(
        Object.entries(given).map(([name, value]) => {
            const kept = secret(value);
            const isKept = declared.get(name)?.secret !== true && reads({ ...given, [name]: kept });
            return [name, isKept ? kept : value];
        }),
    );
}

function textsOf(values: string | undefined): Record<string, string> {
    const parsed = texts.safeParse(values === undefined ? {} : jsonOf(values));
    if (parsed.success) return parsed.data;
    throw new Error(
        "machine-images:parameters must be a map of strings, numbers, true or false: " +
            'set each value with "pulumi config set --path machine-images:parameters.<name> <value>"',
    );
}

function jsonOf(text: string): unknown {
    try {
        return parseTexts(text);
    } catch {
        return undefined;
    }
}

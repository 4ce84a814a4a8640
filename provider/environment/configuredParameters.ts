import { z } from "zod";
import { parseTexts } from "../core/json";
import { type Scalar, scalarOf } from "./parameters";
import { declaredParameters, readEnvironment } from "./readEnvironment";

const texts = z.record(z.string(), z.string());

/** What an environment file says, and what the stack's configuration gives for its parameters. */
export interface Configured<Kept> {
    file: string;
    text: string;
    /** JSON as the engine hands it on; undefined when nothing is set. */
    values: string | undefined;
    /** Makes an output of a value that must stay secret; undefined when the configuration has no secret among them. */
    secret: ((value: Scalar) => Kept) | undefined;
}

/**
 * The values of parameters, each of its declared type: in a stack's configuration all of them may be texts, and a text
 * that looks like a number is one.
 *
 * Of an object with one secret, Pulumi tells only that it has one. So everything that is given becomes secret, as with
 * `getSecretObject`, but for what decides which resources there are or where, which must be known as it is.
 *
 * @throws when the values are no object of scalars
 */
export function configuredParameters<Kept>(configured: Configured<Kept>): Record<string, Scalar | Kept> {
    const { file, text, values, secret } = configured;
    const declared = declaredParameters(file, text);
    const given: Record<string, Scalar> = Object.fromEntries(
        Object.entries(textsOf(values)).map(([name, value]) => [name, scalarOf(declared.get(name), value)]),
    );
    const reads = (parameters: object) => readEnvironment(file, text, { given: { ...parameters } }).model !== undefined;
    // What is wrong with a value is said of the value itself.
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
        "machine-images:parameters is no object of texts, numbers, true or false: " +
            'set each with "pulumi config set --path machine-images:parameters.<name> <value>"',
    );
}

function jsonOf(text: string): unknown {
    try {
        return parseTexts(text);
    } catch {
        return undefined;
    }
}

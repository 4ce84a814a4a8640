import { parse } from "yaml";
import { UserError } from "../core/apiError";
import { readText } from "../core/textFiles";

/** The content of a YAML or JSON file. @param what for the error: "world file" */
export function readDataFile(what: string, path: string): unknown {
    try {
        return parse(readText(path), withDigits, { intAsBigInt: true });
    } catch (error) {
        // The lines after the first show the place in the file, which the first names.
        const [reason] = (error instanceof Error ? error.message : String(error)).split(/:?\n/);
        throw new UserError(`cannot read ${what} ${path}: ${reason}`, { cause: error });
    }
}

/** An integer that a number cannot hold, such as an account's id, becomes a text, and loses no digit. */
function withDigits(_key: unknown, value: unknown): unknown {
    if (typeof value !== "bigint") return value;
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

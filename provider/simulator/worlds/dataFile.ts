import { parse } from "yaml";
import { UserError } from "../core/apiError";
import { readText } from "../core/textFiles";

/** The content of a YAML or JSON file. @param what names the file in errors: "world file" */
export function readDataFile(what: string, path: string): unknown {
    try {
        return parse(readText(path), withDigits, { intAsBigInt: true });
    } catch (error) {
        // The first line names the position; the other lines only show it.
        const [reason] = (error instanceof Error ? error.message : String(error)).split(/:?\n/);
        throw new UserError(`cannot read ${what} ${path}: ${reason}. Correct the path or the file`, { cause: error });
    }
}

/** An integer that a number cannot hold, such as an account id, becomes a string, so that it loses no digit. */
function withDigits(_key: unknown, value: unknown): unknown {
    if (typeof value !== "bigint") return value;
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { UsageError } from "./usageError";

/** What a file holds, or standard input when none is named. @throws UsageError when it cannot be read */
export async function readInput(file: string | undefined): Promise<string> {
    if (file === undefined) return text(process.stdin);
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw new UsageError(`${file} cannot be read: correct the name`, { cause: error });
    }
}

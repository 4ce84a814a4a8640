import { buffer } from "node:stream/consumers";
import { decodedText, readText } from "../clouds/textFiles";
import { UsageError } from "./usageError";

/** What a file holds, or standard input when none is named. @throws UsageError when it cannot be read */
export async function readInput(file: string | undefined): Promise<string> {
    if (file === undefined) return decodedText(await buffer(process.stdin));
    try {
        return readText(file);
    } catch (error) {
        throw new UsageError(`${file} cannot be read: correct the name`, { cause: error });
    }
}

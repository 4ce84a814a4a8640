import { buffer } from "node:stream/consumers";
import { decodedText, readText } from "../clouds/textFiles";
import { UsageError } from "./usageError";

/** The text of a file, or of standard input if no file is given. @throws UsageError if it cannot be read */
export async function readInput(file: string | undefined): Promise<string> {
    if (file === undefined) return decodedText(await buffer(process.stdin));
    try {
        return readText(file);
    } catch (error) {
        throw new UsageError(`${file} cannot be read: correct the name`, { cause: error });
    }
}

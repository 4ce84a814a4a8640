import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { UserError } from "../clouds/errors";

/** What a file holds, or standard input when none is named. @throws UserError when it cannot be read */
export async function readInput(file: string | undefined): Promise<string> {
    if (file === undefined) return text(process.stdin);
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw new UserError(`${file} cannot be read: correct the name`, { cause: error });
    }
}

import { readText } from "../clouds/textFiles";
import type { Declaration } from "./declaration";
import { wrongCall } from "./parsed";
import { UsageError } from "./usageError";

/** Parameter values in the form that `readEnvironment` takes. */
export interface ParameterValues {
    given: Record<string, string>;
    asTexts: true;
    mustBeGiven: boolean;
}

/** The values of `--parameter`. @throws UsageError if one is not NAME=VALUE, or a name is given twice */
export function parameterValues(command: Declaration, texts: readonly string[] = []): ParameterValues {
    return { given: namedValues(command, texts), asTexts: true, mustBeGiven: texts.length > 0 };
}

function namedValues(command: Declaration, texts: readonly string[]): Record<string, string> {
    const values = new Map<string, string>();
    for (const text of texts) {
        const at = text.indexOf("=");
        const name = text.slice(0, at);
        if (at < 1) throw wrongCall(command, `--parameter ${text} is not NAME=VALUE`);
        if (values.has(name)) throw wrongCall(command, `parameter ${name} is given twice`);
        values.set(name, text.slice(at + 1));
    }
    return Object.fromEntries(values);
}

/** The text of a file. @throws UsageError if it cannot be read */
export function textOf(file: string): string {
    try {
        return readText(file);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`${file} cannot be read: ${reason}`, { cause: error });
    }
}

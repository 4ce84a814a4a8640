import { readFileSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./usageError";

/** What a command for environment files is called with. */
export interface FileArguments {
    files: string[];
    /** Values of the files' parameters, as `readEnvironment` takes them. */
    values: { given: Record<string, string>; asTexts: true; mustBeGiven: boolean };
    /** Which of its switches are on. */
    on: string[];
    isHelp: boolean;
}

/** How values of parameters are given, for the commands' help. */
export const parameterUsage = `  --parameter NAME=VALUE  a value of a parameter, once for each; those without a default must then be given, too`;

/** @throws UsageError without a file */
export function fileArguments(command: string, argv: string[], switches: ParseArgsConfig["options"]): FileArguments {
    const parameter = { type: "string", multiple: true } as const;
    const options = { ...switches, parameter, help: { type: "boolean", short: "h" } } as const;
    try {
        const { values, positionals: files } = parseArgs({ args: argv, allowPositionals: true, options });
        const isHelp = values.help === true;
        if (files.length === 0 && !isHelp) throw new UsageError("no file is given");
        const given = namedValues(values.parameter ?? []);
        const mustBeGiven = Object.keys(given).length > 0;
        return { files, values: { given, asTexts: true, mustBeGiven }, isHelp, on: Object.keys(values) };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`${reason}: \`machine-images ${command} --help\` shows how it is called`, {
            cause: error,
        });
    }
}

/** @throws UsageError when a text is not NAME=VALUE, or names one twice */
function namedValues(texts: readonly string[]): Record<string, string> {
    const values = new Map<string, string>();
    for (const text of texts) {
        const at = text.indexOf("=");
        const name = text.slice(0, at);
        if (at < 1) throw new UsageError(`--parameter ${text} is not NAME=VALUE`);
        if (values.has(name)) throw new UsageError(`parameter ${name} is given twice`);
        values.set(name, text.slice(at + 1));
    }
    return Object.fromEntries(values);
}

/** @throws UsageError when it cannot be read */
export function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`${file} cannot be read: ${reason}`, { cause: error });
    }
}

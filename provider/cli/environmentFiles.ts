import { readFileSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./usageError";

/** The files that a command is called with, and which of its switches are on. @throws UsageError without a file */
export function fileArguments(command: string, argv: string[], switches: ParseArgsConfig["options"]) {
    const options = { ...switches, help: { type: "boolean", short: "h" } } as const;
    try {
        const { values, positionals: files } = parseArgs({ args: argv, allowPositionals: true, options });
        const isHelp = values.help === true;
        if (files.length === 0 && !isHelp) throw new UsageError("no file is given");
        return { files, isHelp, on: Object.keys(values) };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`${reason}: \`machine-images ${command} --help\` shows how it is called`, {
            cause: error,
        });
    }
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

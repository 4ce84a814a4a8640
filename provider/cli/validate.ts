import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { sentence } from "../environment/problem";
import { readEnvironment } from "../environment/readEnvironment";
import { UsageError } from "./usageError";

const usage = `Usage: machine-images validate FILE... [--json]

Checks environment files without asking a cloud, and prints every problem as FILE:LINE:COLUMN with what to do.

  --json  the problems as a JSON array of { file, line, column, path, message }

Exit code: 0 without a problem, 1 with one, 2 when it was called in a wrong way or a file cannot be read.

Example:
  machine-images validate environment.yaml`;

/** `machine-images validate` */
export async function validate(argv: string[]): Promise<void> {
    const { files, isJson, isHelp } = argumentsOf(argv);
    if (isHelp) return void process.stdout.write(`${usage}\n`);
    const problems = files.flatMap((file) => readEnvironment(file, textOf(file)).problems);
    if (problems.length > 0) process.exitCode = 1;
    if (isJson) return void process.stdout.write(`${JSON.stringify(problems, undefined, 4)}\n`);
    for (const problem of problems) process.stdout.write(`${sentence(problem)}\n`);
}

function argumentsOf(argv: string[]) {
    const options = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
    try {
        const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options });
        if (positionals.length === 0 && !values.help) throw new UsageError("no file is given");
        return { files: positionals, isJson: values.json === true, isHelp: values.help === true };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`${reason}: \`machine-images validate --help\` shows how it is called`, { cause: error });
    }
}

function textOf(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UsageError(`${file} cannot be read: ${reason}`, { cause: error });
    }
}

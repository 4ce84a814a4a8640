import { sentence } from "../environment/problem";
import { readEnvironment } from "../environment/readEnvironment";
import { fileArguments, parameterUsage, textOf } from "./environmentFiles";

const usage = `Usage: machine-images validate FILE... [--parameter NAME=VALUE ...] [--json]

Checks environment files without asking a cloud, and prints every problem as FILE:LINE:COLUMN with what to do.

${parameterUsage}
  --json                  the problems as a JSON array of { file, line, column, path, message }

Exit code: 0 without a problem, 1 with one, 2 when it was called in a wrong way or a file cannot be read.

Example:
  machine-images validate environment.yaml --parameter stage=prod --parameter web-count=3`;

/** `machine-images validate` */
export async function validate(argv: string[]): Promise<void> {
    const { files, values, on, isHelp } = fileArguments("validate", argv, { json: { type: "boolean" } });
    if (isHelp) return void process.stdout.write(`${usage}\n`);
    const problems = files.flatMap((file) => readEnvironment(file, textOf(file), values).problems);
    if (problems.length > 0) process.exitCode = 1;
    if (on.includes("json")) return void process.stdout.write(`${JSON.stringify(problems, undefined, 4)}\n`);
    for (const problem of problems) process.stdout.write(`${sentence(problem)}\n`);
}

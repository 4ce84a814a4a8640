import { sentence } from "../environment/problem";
import { readEnvironment } from "../environment/readEnvironment";
import { validateCommand } from "./commands/validate";
import { parameterValues, textOf } from "./environmentFiles";
import { parsed } from "./parsed";

/** `machine-images validate` */
export async function validate(argv: string[]): Promise<void> {
    const { values, positionals: files } = parsed(validateCommand, argv);
    const given = parameterValues(validateCommand, values.parameter);
    const problems = files.flatMap((file) => readEnvironment(file, textOf(file), given).problems);
    if (problems.length > 0) process.exitCode = 1;
    if (values.json) return void process.stdout.write(`${JSON.stringify(problems, undefined, 4)}\n`);
    for (const problem of problems) process.stdout.write(`${sentence(problem)}\n`);
}

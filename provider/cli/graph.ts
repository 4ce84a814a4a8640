import { environmentGraph } from "../environment/graph";
import { sentence } from "../environment/problem";
import { readEnvironment } from "../environment/readEnvironment";
import { fileArguments, parameterUsage, textOf } from "./environmentFiles";
import { UsageError } from "./usageError";

const usage = `Usage: machine-images graph FILE [--parameter NAME=VALUE ...]

Prints what an environment file builds as a Mermaid flowchart, which GitHub and GitLab draw in Markdown.

${parameterUsage}

Exit code: 0, 1 when the file has problems, 2 when it was called in a wrong way or the file cannot be read.

Example:
  machine-images graph environment.yaml > environment.mmd`;

/** `machine-images graph` */
export async function graph(argv: string[]): Promise<void> {
    const { files, values, isHelp } = fileArguments("graph", argv, {});
    if (isHelp) return void process.stdout.write(`${usage}\n`);
    const [file = "", ...more] = files;
    if (more.length > 0) throw new UsageError("graph takes one file");
    const { problems, model } = readEnvironment(file, textOf(file), values);
    if (model) return void process.stdout.write(environmentGraph(model));
    process.exitCode = 1;
    for (const problem of problems) process.stderr.write(`${sentence(problem)}\n`);
}

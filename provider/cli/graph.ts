import { environmentGraph } from "../environment/graph";
import { sentence } from "../environment/problem";
import { readEnvironment } from "../environment/readEnvironment";
import { graphCommand } from "./commands/graph";
import { parameterValues, textOf } from "./environmentFiles";
import { parsed } from "./parsed";

/** `machine-images graph` */
export async function graph(argv: string[]): Promise<void> {
    const { values, positionals } = parsed(graphCommand, argv);
    const [file = ""] = positionals;
    const { problems, model } = readEnvironment(file, textOf(file), parameterValues(graphCommand, values.parameter));
    if (model) return void process.stdout.write(environmentGraph(model));
    process.exitCode = 1;
    for (const problem of problems) process.stderr.write(`${sentence(problem)}\n`);
}

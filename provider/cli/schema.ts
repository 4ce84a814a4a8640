import { environmentJsonSchema } from "../environment/jsonSchema";
import { UsageError } from "./usageError";

const usage = `Usage: machine-images schema

Prints the JSON Schema of environment files, by which editors complete and check them. The same is in the package:

  # yaml-language-server: $schema=./node_modules/pulumi-machine-images/environment.schema.json`;

/** `machine-images schema` */
export async function schema(argv: string[]): Promise<void> {
    const [word, ...rest] = argv;
    const isHelp = rest.length === 0 && (word === "--help" || word === "-h");
    if (word !== undefined && !isHelp) throw new UsageError(`the schema command takes no arguments: ${argv.join(" ")}`);
    process.stdout.write(isHelp ? `${usage}\n` : `${JSON.stringify(environmentJsonSchema(), undefined, 2)}\n`);
}

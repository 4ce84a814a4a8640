import { environmentJsonSchema } from "../environment/jsonSchema";
import { schemaCommand } from "./commands/schema";
import { parsed } from "./parsed";

/** `machine-images schema` */
export async function schema(argv: string[]): Promise<void> {
    parsed(schemaCommand, argv);
    process.stdout.write(`${JSON.stringify(environmentJsonSchema(), undefined, 2)}\n`);
}

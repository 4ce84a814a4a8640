import { type Declaration, usualExits } from "../declaration";

export const schemaCommand = {
    name: "schema",
    summary: "print the JSON Schema of environment files",
    about:
        "Prints the JSON Schema of environment files, by which editors complete and check them. The same is in the package:\n" +
        "# yaml-language-server: $schema=./node_modules/pulumi-machine-images/environment.schema.json",
    options: {},
    examples: [{ line: "machine-images schema > environment.schema.json" }],
    exits: usualExits,
} as const satisfies Declaration;

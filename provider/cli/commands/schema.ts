import { type Declaration, usualExits } from "../declaration";

export const schemaCommand = {
    name: "schema",
    summary: "print the JSON Schema of environment files",
    about:
        "Prints the JSON Schema of environment files, for completion and validation in editors. The package contains the same " +
        "file:\n" +
        "# yaml-language-server: $schema=./node_modules/pulumi-machine-images/environment.schema.json",
    options: {},
    examples: [{ line: "machine-images schema > environment.schema.json" }],
    exits: usualExits,
} as const satisfies Declaration;

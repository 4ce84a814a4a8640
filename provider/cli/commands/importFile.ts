import { type Declaration, usualExits } from "../declaration";

export const importFileCommand = {
    name: "import-file",
    summary: "write a file for pulumi import, to import existing objects",
    about:
        "Writes a file for `pulumi import --file` that imports existing images, shares and servers into the stack of this " +
        "folder. The program must declare them first.",
    takes: {
        value: "NAME=ID",
        meaning: "the name of a resource in the program, and the id of its object in the cloud",
        atLeast: 1,
    },
    options: {
        stack: { type: "string", value: "STACK", meaning: "the stack; default: the selected stack" },
        out: { type: "string", value: "FILE", meaning: "file to write", default: "import.json", completes: "files" },
    },
    examples: [
        { line: "machine-images import-file golden=m-bp1… --out import.json" },
        { line: "pulumi import --file import.json --generate-code=false", meaning: "next, import the objects" },
    ],
    exits: usualExits,
} as const satisfies Declaration;

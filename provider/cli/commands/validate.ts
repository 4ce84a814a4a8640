import { type Declaration, usualExits } from "../declaration";
import { parameter } from "./parameter";

export const validateCommand = {
    name: "validate",
    summary: "check environment files without calling a cloud",
    about: "Checks environment files, and prints every problem as FILE:LINE:COLUMN with its fix. Calls no cloud.",
    takes: { value: "FILE", meaning: "an environment file", atLeast: 1, completes: "files" },
    options: {
        parameter,
        json: {
            type: "boolean",
            meaning: "print the problems as a JSON array of { file, line, column, path, message }",
        },
    },
    examples: [{ line: "machine-images validate environment.yaml --parameter stage=prod --parameter web-count=3" }],
    exits: { ...usualExits, 0: "no problem", 1: "at least one problem" },
} as const satisfies Declaration;

import type { Declaration } from "../declaration";

export const pulumiCommand = {
    name: "pulumi",
    summary: "run that engine: machine-images pulumi up",
    about: "Runs the Pulumi engine with these arguments, as if it had been called itself; makes it available first.",
    options: {},
    passthrough: true,
    examples: [{ line: "machine-images pulumi preview --stack dev" }],
    exits: { 0: "done", 1: "the engine could not be made available; all others are the engine's own" },
} as const satisfies Declaration;

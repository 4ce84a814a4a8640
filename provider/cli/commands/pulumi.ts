import type { Declaration } from "../declaration";

export const pulumiCommand = {
    name: "pulumi",
    summary: "run the Pulumi engine: machine-images pulumi up",
    about: "Runs the Pulumi engine with these arguments. Installs the engine first if it is missing.",
    options: {},
    passthrough: true,
    examples: [{ line: "machine-images pulumi preview --stack dev" }],
    exits: {
        0: "done",
        1: "the engine could not be installed, or the engine failed; other codes come from the engine",
    },
} as const satisfies Declaration;

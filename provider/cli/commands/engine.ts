import type { EnginePlugin } from "../../engine/places";
import { type Declaration, usualExits } from "../declaration";

const plugins = ["random"] as const satisfies readonly EnginePlugin[];

export const engineCommand = {
    name: "engine",
    summary: "install the Pulumi engine",
    about:
        "Installs the version of the Pulumi engine that this package requires in PULUMI_HOME (default: ~/.pulumi). " +
        "Downloads the official build; if that fails, builds the same version from its Go modules, which requires Go.",
    options: {
        with: {
            type: "string",
            value: "PLUGIN",
            meaning:
                "also build this plugin; not required for a downloaded engine, which downloads plugins when it needs them",
            multiple: true,
            choices: plugins,
        },
    },
    examples: [
        { line: "machine-images engine" },
        { line: "machine-images engine --with random", meaning: "for programs that use @pulumi/random" },
    ],
    exits: { ...usualExits, 130: "interrupted: the next run resumes" },
} as const satisfies Declaration;

import type { EnginePlugin } from "../../engine/places";
import { type Declaration, usualExits } from "../declaration";

const plugins = ["random"] as const satisfies readonly EnginePlugin[];

export const engineCommand = {
    name: "engine",
    summary: "make the Pulumi engine available on this machine",
    about:
        "Makes the Pulumi engine of this package's version available in the Pulumi home (PULUMI_HOME, else .pulumi in your " +
        "home): downloads the official build, or builds the same engine with Go where only package registries can be reached.",
    options: {
        with: {
            type: "string",
            value: "PLUGIN",
            meaning: "build this plugin too, after the engine; an engine that was downloaded gets plugins by itself",
            multiple: true,
            choices: plugins,
        },
    },
    examples: [
        { line: "machine-images engine" },
        { line: "machine-images engine --with random", meaning: "for programs that use @pulumi/random" },
    ],
    exits: { ...usualExits, 130: "interrupted: the next run goes on" },
} as const satisfies Declaration;

import { type Declaration, usualExits } from "../declaration";

export const engineCommand = {
    name: "engine",
    summary: "make the Pulumi engine available on this machine",
    about:
        "Makes the Pulumi engine of this package's version available in the Pulumi home (PULUMI_HOME, else .pulumi in your " +
        "home): downloads the official build, or builds the same engine with Go where only package registries can be reached.",
    options: {},
    examples: [{ line: "machine-images engine" }],
    exits: { ...usualExits, 130: "interrupted: the next run goes on" },
} as const satisfies Declaration;

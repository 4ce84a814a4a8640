import { parseArgs } from "node:util";
import { UserError } from "../clouds/errors";
import { engineVersion } from "../engine/versions";
import { readyEngine } from "./readyEngine";

const usage = `Usage: machine-images engine

Makes the Pulumi engine ${engineVersion} available in the Pulumi home (PULUMI_HOME, else .pulumi in your home):
downloads the official build, or builds the same engine with Go where only package registries can be reached.`;

const outcome = {
    present: "was already there",
    downloaded: "was downloaded",
    built: "was built from source",
};

/** `machine-images engine` */
export async function engine(argv: string[]): Promise<void> {
    if (wantsHelp(argv)) {
        process.stdout.write(`${usage}\n`);
        return;
    }
    const { bin, made } = await readyEngine();
    process.stdout.write(`Pulumi engine ${engineVersion} ${outcome[made]}: ${bin}\n`);
}

function wantsHelp(argv: string[]): boolean {
    try {
        return parseArgs({ args: argv, options: { help: { type: "boolean", short: "h" } } }).values.help === true;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`the engine command takes no arguments: ${reason}`, { cause: error });
    }
}

import { enginePlugins } from "../engine/places";
import { engineVersion } from "../engine/versions";
import { engineCommand } from "./commands/engine";
import { parsed } from "./parsed";
import { readyEngine } from "./readyEngine";

const outcomeText = {
    present: "is already installed",
    downloaded: "was downloaded",
    built: "was built from source",
};

/** `machine-images engine` */
export async function engine(argv: string[]): Promise<void> {
    const { values } = parsed(engineCommand, argv);
    const plugins = enginePlugins.filter((plugin) => values.with?.includes(plugin));
    const { bin, outcome } = await readyEngine(plugins);
    process.stdout.write(`Pulumi engine ${engineVersion} ${outcomeText[outcome]}: ${bin}\n`);
}

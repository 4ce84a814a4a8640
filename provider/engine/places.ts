import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { engineVersion, randomPluginVersion } from "./versions";

/** The paths of the engine in a Pulumi home. The npm launcher and the Automation API use the same paths. */
export interface EnginePlaces {
    /** The Pulumi home itself. */
    home: string;
    /** The folder to add to PATH. */
    bin: string;
    /** The engine and its command line. */
    pulumi: string;
    /** Runs TypeScript programs. */
    languageHost: string;
    /** Runs dynamic providers. */
    dynamicProvider: string;
    /** The plugins: `random` is for `@pulumi/random`. */
    plugins: Readonly<Record<EnginePlugin, string>>;
    /** Lock file, held during installation. */
    lock: string;
}

/** Plugins that can be built for an engine that was built here. The official build downloads plugins. */
export const enginePlugins = ["random"] as const;
export type EnginePlugin = (typeof enginePlugins)[number];

const exe = process.platform === "win32" ? ".exe" : "";
const script = process.platform === "win32" ? ".cmd" : "";

/** File name of the dynamic provider, in the npm package `@pulumi/pulumi` and in the folder of the engine. */
export const dynamicProviderFile = `pulumi-resource-pulumi-nodejs${script}`;

/** The Pulumi home that Pulumi itself uses. */
export function pulumiHome(env: NodeJS.ProcessEnv): string {
    return resolve(env.PULUMI_HOME || join(homedir(), ".pulumi"));
}

/** The paths in `home`. */
export function enginePlaces(home: string): EnginePlaces {
    const bin = join(home, "versions", engineVersion, "bin");
    return {
        home,
        bin,
        pulumi: join(bin, `pulumi${exe}`),
        languageHost: join(bin, `pulumi-language-nodejs${exe}`),
        dynamicProvider: join(bin, dynamicProviderFile),
        plugins: {
            random: join(home, "plugins", `resource-random-v${randomPluginVersion}`, `pulumi-resource-random${exe}`),
        },
        lock: join(home, "versions", `.${engineVersion}.lock`),
    };
}

/** Whether the file is executable and not empty. Does not run the file, to keep the check fast. */
export function isRunnable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        const found = statSync(file);
        return found.isFile() && found.size > 0;
    } catch {
        return false;
    }
}

/**
 * Whether the engine is the official build, which includes the language hosts of all languages. An engine that was
 * built here has the host for Node.js only.
 */
export function isOfficialBuild(places: EnginePlaces): boolean {
    return existsSync(join(places.bin, `pulumi-language-python${exe}`));
}

/** Whether all files of the engine exist. */
export function hasEngine(places: EnginePlaces): boolean {
    return [places.pulumi, places.languageHost, places.dynamicProvider].every(isRunnable);
}

/** Whether the engine and these plugins are installed. The official build downloads plugins when it needs them. */
export function isComplete(places: EnginePlaces, plugins: readonly EnginePlugin[]): boolean {
    if (!hasEngine(places)) return false;
    return isOfficialBuild(places) || plugins.every((plugin) => isRunnable(places.plugins[plugin]));
}

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { engineVersion, randomPluginVersion } from "./versions";

/** Where the engine's files lie inside one Pulumi home; the npm launcher and the Automation API look there too. */
export interface EnginePlaces {
    /** The Pulumi home itself. */
    home: string;
    /** The folder that goes on PATH. */
    bin: string;
    /** The engine and command line. */
    pulumi: string;
    /** Runs TypeScript programs. */
    languageHost: string;
    /** Runs dynamic providers. */
    dynamicProvider: string;
    /** The plugins: `random` serves `@pulumi/random`. */
    plugins: Readonly<Record<EnginePlugin, string>>;
    /** Held while the files are being made. */
    lock: string;
}

/** Plugins that an engine built here gets on demand; the official build downloads plugins by itself. */
export const enginePlugins = ["random"] as const;
export type EnginePlugin = (typeof enginePlugins)[number];

const exe = process.platform === "win32" ? ".exe" : "";
const script = process.platform === "win32" ? ".cmd" : "";

/** Name of the dynamic provider's script, in the npm package `@pulumi/pulumi` and in the engine's folder alike. */
export const dynamicProviderFile = `pulumi-resource-pulumi-nodejs${script}`;

/** The Pulumi home that Pulumi itself would use. */
export function pulumiHome(env: NodeJS.ProcessEnv): string {
    return resolve(env.PULUMI_HOME || join(homedir(), ".pulumi"));
}

/** The places inside `home`. */
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

/** Whether the file can be run as far as a look at it tells; running it would cost the fast path its speed. */
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
 * Whether the engine is Pulumi's own build. That one brings the hosts of all languages, ours only the one for Node.js;
 * looking at the files needs no marker that could disagree with them.
 */
export function isOfficialBuild(places: EnginePlaces): boolean {
    return existsSync(join(places.bin, `pulumi-language-python${exe}`));
}

/** Whether the engine itself has nothing missing. */
export function hasEngine(places: EnginePlaces): boolean {
    return [places.pulumi, places.languageHost, places.dynamicProvider].every(isRunnable);
}

/** Whether nothing is left to do. The official build downloads plugins by itself. */
export function isComplete(places: EnginePlaces, plugins: readonly EnginePlugin[]): boolean {
    if (!hasEngine(places)) return false;
    return isOfficialBuild(places) || plugins.every((plugin) => isRunnable(places.plugins[plugin]));
}

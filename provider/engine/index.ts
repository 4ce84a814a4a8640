/**
 * @module
 * Installs the Pulumi engine in the Pulumi home, if it is missing: downloads it, or builds it from source.
 */
import { chmod, copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { UserError } from "../clouds/errors";
import { buildEngine, hasGo, pathName } from "./build";
import { downloadEngine } from "./download";
import { errorCode, isAlive, withLock } from "./lock";
import {
    dynamicProviderFile,
    type EnginePlaces,
    type EnginePlugin,
    enginePlaces,
    hasEngine,
    isComplete,
    isOfficialBuild,
    isRunnable,
    pulumiHome,
} from "./places";
import { type Progress, withProgress } from "./progress";
import { engineVersion, goVersion } from "./versions";

export type { EnginePlugin } from "./places";
export { engineVersion } from "./versions";

/** Arguments of `ensureEngine`. */
export interface EngineRequest extends Progress {
    /** The Pulumi home. @default PULUMI_HOME, else `.pulumi` in the user's home */
    home?: string;
    /** @default the environment of this process */
    env?: NodeJS.ProcessEnv;
    /** Plugins that programs require. @default none */
    plugins?: readonly EnginePlugin[];
    /** Script of the npm `pulumi` launcher. @default that of this package or of the current project, if installed */
    launcher?: string;
    /** Stops the installation. Finished parts are kept. */
    signal?: AbortSignal;
}

/** An engine that is ready to run. */
export interface Engine {
    /** The Pulumi home. */
    home: string;
    /** The folder with the `pulumi` program. */
    bin: string;
    /** How it was installed. */
    outcome: "present" | "downloaded" | "built";
}

/** Installs the missing parts of the engine. @throws UserError if it can be neither downloaded nor built */
export async function ensureEngine(request: EngineRequest): Promise<Engine> {
    const env = request.env ?? process.env;
    const places = enginePlaces(request.home ?? pulumiHome(env));
    const { home, bin } = places;
    const { plugins = [] } = request;
    if (isComplete(places, plugins)) return { home, bin, outcome: "present" };

    const onWait = (pid: string) => request.log(`waiting for process ${pid}, which is installing the engine`);
    const outcome = await withLock(places.lock, { onWait, signal: request.signal }, async () => {
        await removePartialFiles(places);
        return install(request, places, env, plugins);
    });
    return { home, bin, outcome };
}

async function install(
    request: EngineRequest,
    places: EnginePlaces,
    env: NodeJS.ProcessEnv,
    plugins: readonly EnginePlugin[],
) {
    const { signal, log, live } = request;
    const build = () => buildEngine({ places, plugins, env, progress: { log, live }, signal });
    // Another process may have installed it during the wait, or only the copied file is missing.
    if (await complete(places)) {
        if (isComplete(places, plugins)) return "present";
        // The engine was built, so its plugins must be built, too.
        if (!hasGo(env)) throw missingPlugins(plugins);
        await build();
        return "built";
    }
    const failure = await download(request, places, env);
    if (!failure) return "downloaded";
    if (!hasGo(env)) throw notInstallable(failure);
    log(`the official build could not be downloaded (${failure.message})`);
    await build();
    await complete(places);
    return "built";
}

/** Resolves to the reason if the download failed. */
async function download(request: EngineRequest, places: EnginePlaces, env: NodeJS.ProcessEnv) {
    const { signal, log, live } = request;
    const launcher = request.launcher ?? installedLauncher();
    if (launcher === undefined)
        return new UserError(`the npm package pulumi is not installed: run "npm install pulumi@${engineVersion}"`);
    const what = `downloading the Pulumi engine ${engineVersion}`;
    try {
        await withProgress(what, { log, live }, () => downloadEngine({ places, env, launcher, signal }));
        return (await complete(places)) ? undefined : new UserError("the downloaded build is incomplete");
    } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof UserError) return error;
        throw error;
    }
}

/** The npm package `pulumi` is optional. It may be installed with this package or in the current project. */
function installedLauncher(): string | undefined {
    for (const from of [__filename, join(process.cwd(), "package.json")]) {
        try {
            return createRequire(from).resolve("pulumi/run.js");
        } catch (error) {
            if (errorCode(error) !== "MODULE_NOT_FOUND") throw error;
        }
    }
    return undefined;
}

/** Copies the remaining file if the two programs exist. Resolves to whether the engine is complete. */
async function complete(places: EnginePlaces): Promise<boolean> {
    if (isRunnable(places.pulumi) && isRunnable(places.languageHost)) await copyDynamicProvider(places);
    return hasEngine(places);
}

function missingPlugins(plugins: readonly EnginePlugin[]): UserError {
    return new UserError(
        `the plugin ${plugins.join(", ")} is missing and cannot be built, because Go is not on PATH. ` +
            `Install Go ${goVersion} or newer, and run \`machine-images engine --with ${plugins.join(" --with ")}\` again`,
    );
}

function notInstallable(failure: UserError): UserError {
    return new UserError(
        `the Pulumi engine ${engineVersion} could not be downloaded (${failure.message}) and cannot be built, because ` +
            "Go is not on PATH. Allow HTTPS to get.pulumi.com and github.com, or install Go " +
            `${goVersion} or newer, and run \`machine-images engine\` again`,
        { cause: failure },
    );
}

/** Copies it from the npm package of Pulumi. The official build contains a copy of the same file. */
async function copyDynamicProvider({ bin, dynamicProvider }: EnginePlaces): Promise<void> {
    if (isRunnable(dynamicProvider)) return;
    const shipped = join(dirname(require.resolve("@pulumi/pulumi/package.json")), dynamicProviderFile);
    const partial = `${dynamicProvider}.${process.pid}.part`;
    await mkdir(bin, { recursive: true });
    await copyFile(shipped, partial);
    await chmod(partial, 0o755);
    await rename(partial, dynamicProvider);
}

/** Deletes partial files of killed processes. A partial file is named `<name>.<process id>.part`. */
async function removePartialFiles({ bin, plugins, home }: EnginePlaces): Promise<void> {
    for (const folder of [bin, ...Object.values(plugins).map((file) => dirname(file)), join(home, "versions")]) {
        const names = await readdir(folder).catch(() => []);
        for (const name of names) {
            const pid = /\.(\d+)\.part$/.exec(name)?.[1];
            if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
        }
    }
}

/** An environment with the programs of the engine first on PATH, in which they download nothing that is installed. */
export function engineEnv(env: NodeJS.ProcessEnv, home = pulumiHome(env)): NodeJS.ProcessEnv {
    const places = enginePlaces(home);
    const path = pathName(env);
    return {
        ...env,
        [path]: env[path] ? `${places.bin}${delimiter}${env[path]}` : places.bin,
        PULUMI_HOME: home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // If the engine was built, plugin downloads cannot work either: fail at once instead of timing out.
        ...(isOfficialBuild(places) ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
    };
}

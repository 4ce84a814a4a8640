/**
 * @module
 * Makes the real Pulumi engine available in the Pulumi home: nothing to do, downloaded, or built from source.
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

/** What `ensureEngine` may be told. */
export interface EngineRequest extends Progress {
    /** The Pulumi home. @default PULUMI_HOME, else `.pulumi` in the user's home */
    home?: string;
    /** @default the process's own environment */
    env?: NodeJS.ProcessEnv;
    /** Plugins that programs need besides the engine. @default none */
    plugins?: readonly EnginePlugin[];
    /** Script of the npm `pulumi` launcher. @default the one of this package or of the folder's project, if there is one */
    launcher?: string;
    /** Ends the work; what is finished is kept. */
    signal?: AbortSignal;
}

/** An engine that is ready to run. */
export interface Engine {
    /** The Pulumi home. */
    home: string;
    /** The folder with the `pulumi` program. */
    bin: string;
    /** What had to be done for it. */
    made: "present" | "downloaded" | "built";
}

/** Makes the engine available, doing only what is missing. @throws UserError when neither way works */
export async function ensureEngine(request: EngineRequest): Promise<Engine> {
    const env = request.env ?? process.env;
    const places = enginePlaces(request.home ?? pulumiHome(env));
    const { home, bin } = places;
    const { plugins = [] } = request;
    if (isComplete(places, plugins)) return { home, bin, made: "present" };

    const onWait = (pid: string) => request.log(`waiting for process ${pid}, which is making the engine ready`);
    const made = await withLock(places.lock, { onWait, signal: request.signal }, async () => {
        await removePartialFiles(places);
        return make(request, places, env, plugins);
    });
    return { home, bin, made };
}

async function make(
    request: EngineRequest,
    places: EnginePlaces,
    env: NodeJS.ProcessEnv,
    plugins: readonly EnginePlugin[],
) {
    const { signal, log, live } = request;
    const build = () => buildEngine({ places, plugins, env, progress: { log, live }, signal });
    // Another process may have made it all while this one waited, or only the copied file is missing.
    if (await complete(places)) {
        if (isComplete(places, plugins)) return "present";
        // An engine that was built, whose plugins cannot be downloaded either.
        if (!hasGo(env)) throw noGo(plugins);
        await build();
        return "built";
    }
    const failure = await download(request, places, env);
    if (!failure) return "downloaded";
    if (!hasGo(env)) throw noWay(failure);
    log(`the official build could not be downloaded (${failure.message})`);
    await build();
    await complete(places);
    return "built";
}

/** Resolves with the reason when the download failed. */
async function download(request: EngineRequest, places: EnginePlaces, env: NodeJS.ProcessEnv) {
    const { signal, log, live } = request;
    const launcher = request.launcher ?? installedLauncher();
    if (launcher === undefined)
        return new UserError(`npm's pulumi is not installed: npm install pulumi@${engineVersion}`);
    const what = `downloading the Pulumi engine ${engineVersion}`;
    try {
        await withProgress(what, { log, live }, () => downloadEngine({ places, env, launcher, signal }));
        return (await complete(places)) ? undefined : new UserError("the downloaded build is not complete");
    } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof UserError) return error;
        throw error;
    }
}

/** The npm package `pulumi` is optional: it may be beside this package, in the project of this folder, or nowhere. */
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

/** Adds the one file that is copied, once the two programs are there. Resolves with whether the engine is whole now. */
async function complete(places: EnginePlaces): Promise<boolean> {
    if (isRunnable(places.pulumi) && isRunnable(places.languageHost)) await copyDynamicProvider(places);
    return hasEngine(places);
}

function noGo(plugins: readonly EnginePlugin[]): UserError {
    return new UserError(
        `the plugin ${plugins.join(", ")} is missing, and there is no Go on PATH to build it with; ` +
            `install Go ${goVersion} or newer, and run \`machine-images engine --with ${plugins.join(" --with ")}\` again`,
    );
}

function noWay(failure: UserError): UserError {
    return new UserError(
        `the Pulumi engine ${engineVersion} could not be downloaded (${failure.message}), and there is no Go on PATH ` +
            "to build it with; allow HTTPS to get.pulumi.com and github.com, or install Go " +
            `${goVersion} or newer, and run \`machine-images engine\` again`,
        { cause: failure },
    );
}

/** Pulumi ships it in its npm package; the official build brings its own copy of the same file. */
async function copyDynamicProvider({ bin, dynamicProvider }: EnginePlaces): Promise<void> {
    if (isRunnable(dynamicProvider)) return;
    const shipped = join(dirname(require.resolve("@pulumi/pulumi/package.json")), dynamicProviderFile);
    const made = `${dynamicProvider}.${process.pid}.part`;
    await mkdir(bin, { recursive: true });
    await copyFile(shipped, made);
    await chmod(made, 0o755);
    await rename(made, dynamicProvider);
}

/** Takes away what killed processes left: everything half-made is called `<name>.<process id>.part`. */
async function removePartialFiles({ bin, plugins, home }: EnginePlaces): Promise<void> {
    for (const folder of [bin, ...Object.values(plugins).map((file) => dirname(file)), join(home, "versions")]) {
        const names = await readdir(folder).catch(() => []);
        for (const name of names) {
            const pid = /\.(\d+)\.part$/.exec(name)?.[1];
            if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
        }
    }
}

/** The environment in which the engine's programs are found first and do not ask the network for what is here. */
export function engineEnv(env: NodeJS.ProcessEnv, home = pulumiHome(env)): NodeJS.ProcessEnv {
    const places = enginePlaces(home);
    const path = pathName(env);
    return {
        ...env,
        [path]: env[path] ? `${places.bin}${delimiter}${env[path]}` : places.bin,
        PULUMI_HOME: home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Where the engine had to be built, plugin downloads do not work either: say so at once instead of timing out.
        ...(isOfficialBuild(places) ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
    };
}

import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../clouds/errors";
import { runChild, textLines } from "./child";
import { type EnginePlaces, enginePlaces } from "./places";
import { engineVersion } from "./versions";

/** Arguments of the download. */
export interface DownloadRequest {
    places: EnginePlaces;
    env: NodeJS.ProcessEnv;
    /** Script of the npm `pulumi` launcher. */
    launcher: string;
    signal?: AbortSignal;
}

// The launcher downloads its install script first, and the script prints at once. No output means no network.
const silentMs = 20_000;
const timeoutMs = 15 * 60_000;

/**
 * Downloads the official build with the npm launcher. Uses a temporary home, so that an interrupted download leaves no
 * partial engine. @throws UserError with the reason if it fails
 */
export async function downloadEngine({ places, env, launcher, signal }: DownloadRequest): Promise<void> {
    const home = temporaryHome(places, process.pid);
    try {
        await mkdir(home, { recursive: true });
        const result = await runChild({
            command: process.execPath,
            args: [launcher, "version"],
            env: {
                ...env,
                PULUMI_HOME: home,
                PULUMI_VERSION: engineVersion,
                PULUMI_SKIP_UPDATE_CHECK: "true",
                // The launcher uses `fetch`, which reads HTTPS_PROXY only if this variable is set (Node.js 22.21).
                NODE_USE_ENV_PROXY: "1",
                // The launcher and its script do not delete their temporary files if they are stopped.
                TMPDIR: home,
            },
            signal,
            silentMs,
            timeoutMs,
        });
        if (result.code !== 0 || !textLines(result.stdout).includes(`v${engineVersion}`)) {
            const reason = textLines(result.stderr)
                .at(-1)
                ?.replace(/^pulumi: /, "");
            throw new UserError(reason ?? `the launcher failed with exit code ${result.code}`);
        }
        await install(places, enginePlaces(home));
    } finally {
        await rm(home, { recursive: true, force: true });
    }
}

/** On the file system of the final folder, so that files can be renamed into it. */
function temporaryHome(places: EnginePlaces, pid: number): string {
    return join(places.home, "versions", `.${engineVersion}.${pid}.part`);
}

async function install(places: EnginePlaces, downloaded: EnginePlaces): Promise<void> {
    await mkdir(places.bin, { recursive: true });
    // The engine is last, because the launcher assumes that everything is installed if the engine exists.
    const names = (await readdir(downloaded.bin)).filter((name) => join(downloaded.bin, name) !== downloaded.pulumi);
    for (const name of names) await rename(join(downloaded.bin, name), join(places.bin, name));
    await rename(downloaded.pulumi, places.pulumi);
}

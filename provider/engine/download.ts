import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../clouds/errors";
import { runChild, textLines } from "./child";
import { type EnginePlaces, enginePlaces } from "./places";
import { engineVersion } from "./versions";

/** What the download needs. */
export interface DownloadRequest {
    places: EnginePlaces;
    env: NodeJS.ProcessEnv;
    /** The npm `pulumi` launcher's script. */
    launcher: string;
    signal?: AbortSignal;
}

// The launcher asks for its install script first, and that script speaks as soon as it runs: silence means no network.
const silentMs = 20_000;
const timeoutMs = 15 * 60_000;

/**
 * Lets the npm launcher download the official build, into a home of its own first, so that an interrupted download
 * leaves nothing half-made. @throws UserError with the reason when it fails
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
                // The launcher asks with `fetch`, which heeds HTTPS_PROXY only when it is told to (Node.js 22.21).
                NODE_USE_ENV_PROXY: "1",
                // The launcher and its script leave their own temporary files when they are ended.
                TMPDIR: home,
            },
            signal,
            silentMs,
            timeoutMs,
        });
        if (result.code !== 0 || !textLines(result.stdout).includes(`v${engineVersion}`)) {
            const said = textLines(result.stderr)
                .at(-1)
                ?.replace(/^pulumi: /, "");
            throw new UserError(said ?? `the launcher ended with exit code ${result.code}`);
        }
        await moveInto(places, enginePlaces(home));
    } finally {
        await rm(home, { recursive: true, force: true });
    }
}

/** Beside the final place, so that a rename is enough. */
function temporaryHome(places: EnginePlaces, pid: number): string {
    return join(places.home, "versions", `.${engineVersion}.${pid}.part`);
}

async function moveInto(places: EnginePlaces, downloaded: EnginePlaces): Promise<void> {
    await mkdir(places.bin, { recursive: true });
    // The engine comes last: the launcher takes it as the sign that all is there.
    const names = (await readdir(downloaded.bin)).filter((name) => join(downloaded.bin, name) !== downloaded.pulumi);
    for (const name of names) await rename(join(downloaded.bin, name), join(places.bin, name));
    await rename(downloaded.pulumi, places.pulumi);
}

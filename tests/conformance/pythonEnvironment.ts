import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunningSimulator } from "../../provider/dist/simulator/index.js";

const run = promisify(execFile);
const folder = join(import.meta.dirname, "python");
const requirements = join(folder, "requirements.txt");
const work = join(import.meta.dirname, "..", ".work");

async function pythonVersion(): Promise<string> {
    try {
        const { stdout } = await run("python3", ["--version"]);
        return stdout.trim();
    } catch (cause) {
        throw new Error("the Python SDKs require python3 with its venv module on the path: install it", { cause });
    }
}

/** A virtual environment with the SDKs. Created once for each list of requirements, and only completely. */
export async function pythonWithSdks(): Promise<string> {
    const version = await pythonVersion();
    const name = createHash("sha256").update(version).update(readFileSync(requirements)).digest("hex").slice(0, 16);
    const ready = join(work, `venv-${name}`);
    const python = join(ready, "bin", "python");
    if (existsSync(python)) return python;
    mkdirSync(work, { recursive: true });
    const making = mkdtempSync(join(work, "making-venv-"));
    try {
        await run("python3", ["-m", "venv", making]);
        const pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"];
        await run(join(making, "bin", "python"), [...pip, "--requirement", requirements]);
        renameSync(making, ready);
    } catch (cause) {
        // Another run may have been faster.
        if (!existsSync(python)) throw new Error("cannot install the Python SDKs", { cause });
    } finally {
        rmSync(making, { recursive: true, force: true });
    }
    return python;
}

/** The JSON lines that a script of the Python clients prints. */
export async function printed(
    python: string,
    script: string,
    args: readonly string[] = [],
    simulator?: RunningSimulator,
): Promise<unknown[]> {
    const child = spawn(python, ["-B", join(folder, script), ...args], {
        env: {
            ...process.env,
            SIMULATOR_URL: simulator?.url,
            SIMULATOR_ACCOUNTS: JSON.stringify(simulator?.accounts ?? []),
        },
        stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
    });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`${script} ended with exit code ${code}`);
    return output
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
}

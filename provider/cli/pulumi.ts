import { spawn } from "node:child_process";
import { constants } from "node:os";
import { UserError } from "../clouds/errors";
import { engineEnv } from "../engine/index";
import { enginePlaces } from "../engine/places";
import { readyEngine } from "./readyEngine";

const forwarded: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** `machine-images pulumi ...`: runs the engine with these arguments. */
export async function pulumi(argv: string[]): Promise<void> {
    const { home } = await readyEngine();
    const { pulumi: program } = enginePlaces(home);
    process.exitCode = await runInPlace(program, argv, engineEnv(process.env, home));
}

/** Resolves to the exit code that a shell would report. */
function runInPlace(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { env, stdio: "inherit" });
        const forward = (signal: NodeJS.Signals) => {
            // A terminal sends Ctrl-C to both processes. A second SIGINT would stop the engine at once.
            if (signal === "SIGINT" && process.stdin.isTTY) return;
            child.kill(signal);
        };
        for (const signal of forwarded) process.on(signal, forward);
        const stopForwarding = () => {
            for (const signal of forwarded) process.off(signal, forward);
        };
        child.once("error", (error) => {
            stopForwarding();
            const advice = "Delete the file and run `machine-images engine` again";
            reject(new UserError(`cannot start ${program}: ${error.message}. ${advice}`, { cause: error }));
        });
        child.once("exit", (code, signal) => {
            stopForwarding();
            resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
        });
    });
}

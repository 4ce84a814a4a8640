import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "../clouds/errors";
import { parseJson } from "../core/json";
import { engineEnv } from "../engine/index";
import { enginePlaces } from "../engine/places";
import { readyEngine } from "./readyEngine";

const call = promisify(execFile);

/** Runs engine commands on the project of this folder, and returns their JSON. */
export async function pulumiHere(stack: string | undefined) {
    const { home } = await readyEngine();
    const which = stack === undefined ? [] : ["--stack", stack];
    return async (command: string, ...args: string[]): Promise<unknown> => {
        try {
            // `stack export` always prints JSON.
            const json = command === "stack export" ? [] : ["--json"];
            const options = { env: engineEnv(process.env, home), maxBuffer: 256 * 1024 * 1024 };
            const words = [...command.split(" "), ...json, "--non-interactive", ...args, ...which];
            const { stdout } = await call(enginePlaces(home).pulumi, words, options);
            return parseJson(stdout);
        } catch (error) {
            throw new UserError(`"pulumi ${command}" failed in this folder: ${reasonOf(error)}`, { cause: error });
        }
    };
}

const output = z.object({ stdout: z.string(), stderr: z.string() });
const diagnosed = z.object({ diagnostics: z.array(z.object({ message: z.string(), severity: z.string() })) });

/** The error of the engine: from the diagnostics in its JSON, or from its text. */
function reasonOf(error: unknown): string {
    const { stdout, stderr } = output.catch({ stdout: "", stderr: "" }).parse(error);
    const messages = diagnosed.catch({ diagnostics: [] }).parse(jsonOf(stdout)).diagnostics;
    const errors = messages.flatMap(({ message, severity }) => (severity === "error" ? [message.trim()] : []));
    return errors.join("\n") || stderr.trim() || (error instanceof Error ? error.message : String(error));
}

function jsonOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

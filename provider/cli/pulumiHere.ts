import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "../clouds/errors";
import { parseJson } from "../core/json";
import { engineEnv } from "../engine/index";
import { enginePlaces } from "../engine/places";
import { readyEngine } from "./readyEngine";

const call = promisify(execFile);

/** Asks the engine about the project of this folder, for JSON. */
export async function pulumiHere(stack: string | undefined) {
    const { home } = await readyEngine();
    const which = stack === undefined ? [] : ["--stack", stack];
    return async (command: string, ...args: string[]): Promise<unknown> => {
        try {
            // The state is JSON in any case.
            const json = command === "stack export" ? [] : ["--json"];
            const options = { env: engineEnv(process.env, home), maxBuffer: 256 * 1024 * 1024 };
            const words = [...command.split(" "), ...json, "--non-interactive", ...args, ...which];
            const { stdout } = await call(enginePlaces(home).pulumi, words, options);
            return parseJson(stdout);
        } catch (error) {
            throw new UserError(`pulumi ${command} fails in this folder: ${reasonOf(error)}`, { cause: error });
        }
    };
}

const output = z.object({ stdout: z.string(), stderr: z.string() });
const diagnosed = z.object({ diagnostics: z.array(z.object({ message: z.string(), severity: z.string() })) });

/** What the engine said: as diagnostics in its JSON, or as text. */
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

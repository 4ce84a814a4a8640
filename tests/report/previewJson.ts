import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "../engine/stack.ts";
import type { Change, Given } from "./change.ts";

/** The file in the stack's folder that receives the engine events of the same preview. */
export const eventLog = "events.log";

/**
 * The output of `pulumi preview --json` for a change. If the preview fails, the engine also prints it, and exits with
 * 1.
 */
export async function previewJson(world: EngineStack, { name, options = [] }: Change, given: Given): Promise<string> {
    const { workspace } = world.stack;
    const folder = workspace.workDir;
    const table = join(import.meta.dirname, "changes.ts");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: {name: nodejs, options: {typescript: false}}\n");
    writeFileSync(join(folder, "package.json"), '{"type": "commonjs"}\n');
    writeFileSync(
        join(folder, "index.js"),
        `module.exports = async () => {
            const { changes } = await import(${JSON.stringify(table)});
            changes.find(({ name }) => name === ${JSON.stringify(name)}).after(${JSON.stringify(given)});
        };
        `,
    );
    const env = { ...process.env, ...workspace.envVars, PULUMI_DEBUG_COMMANDS: "true" };
    rmSync(join(folder, eventLog), { force: true });
    const args = ["preview", "--json", "--non-interactive", "--stack", "dev", "--event-log", eventLog, ...options];
    const context = { cwd: folder, env, maxBuffer: 64 * 2 ** 20 };
    return new Promise((resolve, reject) => {
        execFile(workspace.pulumiCommand.command, args, context, (error, stdout) =>
            stdout.startsWith("{") ? resolve(stdout) : reject(error),
        );
    });
}

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "../engine/stack.ts";
import { type Change, changes } from "./changes.ts";

/** What `pulumi preview --json` prints for a change; the engine exits with 1 and prints it, too, when it fails. */
export async function previewJson(world: EngineStack, { name }: Change): Promise<string> {
    const { workspace } = world.stack;
    const folder = workspace.workDir;
    const table = join(import.meta.dirname, "changes.ts");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: {name: nodejs, options: {typescript: false}}\n");
    writeFileSync(join(folder, "package.json"), '{"type": "commonjs"}\n');
    writeFileSync(
        join(folder, "index.js"),
        `require(${JSON.stringify(table)}).changes.find(({ name }) => name === ${JSON.stringify(name)}).after();\n`,
    );
    const env = { ...process.env, ...workspace.envVars, WINDOWS_SERVER: windowsServer(world) };
    const args = ["preview", "--json", "--non-interactive", "--stack", "dev"];
    return new Promise((resolve, reject) => {
        execFile(workspace.pulumiCommand.command, args, { cwd: folder, env }, (error, stdout) =>
            stdout.startsWith("{") ? resolve(stdout) : reject(error),
        );
    });
}

/** The id of a server whose SAN policy is not OnlineAll: another in every world. */
function windowsServer({ simulator }: EngineStack): string | undefined {
    const held = simulator.sim.registry.holdings();
    return held.find(({ kind, value }) => kind === "huawei.server" && Object(value).name === "windows-golden")?.id;
}

/** What somebody does with another tool. */
export function actByHand({ simulator }: EngineStack, { byHand }: Change): void {
    const { sim } = simulator;
    const kind = { name: "alibaba.customImage", isRecord: false } as const;
    const [image] = sim.registry.list("alibaba", kind);
    if (!image) return;
    // As in the console: the flag that ModifyImageShareStatus sets.
    if (byHand === "shares the image") sim.shelf(image.scope).change(kind, image.id, { inShare: true });
    const server = { name: "alibaba.server", isRecord: false } as const;
    const [other] = sim.registry.list("alibaba", server);
    if (byHand === "makes a server" && other) sim.shelf(other.scope).change(server, other.id, { imageId: image.id });
}

export function changeNamed(name: string): Change {
    const found = changes.find((change) => change.name === name);
    if (found) return found;
    throw new Error(`there is no change ${name}`);
}

import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "../engine/stack.ts";
import { type Change, changes } from "./changes.ts";
import { type OptionChange, optionChanges } from "./optionChanges.ts";

/** Everything that reports are written of. */
export type AnyChange = Change | OptionChange;
/** Those whose previews are kept. */
export const allChanges: AnyChange[] = [...changes, ...optionChanges];

/** The file, in the stack's folder, that the same preview's engine events go to. */
export const eventLog = "events.log";

/** A server of the default world that is not in any program. */
const otherServer = "ace0706b2ac4454d984295a942130004";

/** What `pulumi preview --json` prints for a change; the engine exits with 1 and prints it, too, when it fails. */
export async function previewJson(world: EngineStack, change: AnyChange): Promise<string> {
    const { name } = change;
    const { workspace } = world.stack;
    const folder = workspace.workDir;
    const file = join(import.meta.dirname, "options" in change ? "optionChanges.ts" : "changes.ts");
    const options = "options" in change ? change.options : [];
    writeFileSync(join(folder, "Pulumi.yaml"), "name: test\nruntime: {name: nodejs, options: {typescript: false}}\n");
    writeFileSync(join(folder, "package.json"), '{"type": "commonjs"}\n');
    writeFileSync(
        join(folder, "index.js"),
        `Object.values(require(${JSON.stringify(file)})).flat().find(({ name }) => name === ${JSON.stringify(name)}).after();\n`,
    );
    const env = {
        ...process.env,
        ...workspace.envVars,
        WINDOWS_SERVER: windowsServer(world),
        PULUMI_DEBUG_COMMANDS: "true",
    };
    rmSync(join(folder, eventLog), { force: true });
    const args = ["preview", "--json", "--non-interactive", "--stack", "dev", "--event-log", eventLog, ...options];
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

/** What somebody does to the stack's image with another tool. */
export async function actByHand({ simulator, stack }: EngineStack, { byHand }: AnyChange): Promise<void> {
    if (byHand === undefined) return;
    const { sim } = simulator;
    const { deployment } = await stack.exportStack();
    const resources: { id?: string; type: string }[] = deployment.resources;
    const ids = resources.flatMap(({ type, id }) => (type.endsWith(":CustomImage") && id !== undefined ? [id] : []));
    const [id] = ids;
    const image = { name: "alibaba.customImage", isRecord: false } as const;
    const server = { name: "alibaba.server", isRecord: false } as const;
    if (byHand === "edits the image") {
        for (const held of sim.registry.list("alibaba", image)) {
            const tags = [...Object(held.value).tags, { key: "team", value: "ops" }];
            if (ids.includes(held.id)) sim.shelf(held.scope).change(image, held.id, { description: "by hand", tags });
        }
        return;
    }
    for (const held of sim.registry.list("alibaba", byHand === "shares the image" ? image : server)) {
        // As in the console: the flag that ModifyImageShareStatus sets.
        if (held.id === id) sim.shelf(held.scope).change(image, held.id, { inShare: true });
        if (held.id === otherServer) sim.shelf(held.scope).change(server, held.id, { imageId: id });
    }
}

export function changeNamed(name: string): Change {
    const found = changes.find((change) => change.name === name);
    if (found) return found;
    throw new Error(`there is no change ${name}`);
}

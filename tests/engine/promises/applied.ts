import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Report } from "../../../provider/dist/report/report.js";
import type { LoggedCall } from "../../../provider/dist/simulator/index.js";
import type { Change, Given } from "../../report/change.ts";
import { previewJson } from "../../report/previewJson.ts";
import { actByHand, startOver } from "../../report/surroundings.ts";
import type { EngineStack } from "../stack.ts";

const run = promisify(execFile);
const cli = join(import.meta.dirname, "..", "..", "..", "provider", "dist", "cli", "main.js");

/** A change that was previewed, reported and then made. */
export interface Applied {
    report: Report;
    /** What the command writes for people. */
    markdown: string;
    /** Why `up` failed. */
    failure?: string;
    /** What `up` asked the clouds for and they did, without looks, and their own steps, in order. */
    calls: LoggedCall[];
    /** The stack's resources afterwards: the ids of what each one is and of what was made for it. */
    made: { name: string; ids: string[] }[];
}

const look = /^\w+\.(Check|List|Describe|Show|Get|Query|Keystone|GlanceList|GlanceShow)/;

/** Makes what is up before a change, and what is done by hand. */
export async function prepared(world: EngineStack, change: Change): Promise<Given> {
    const given = await startOver(world, change);
    for (const program of change.before ?? []) {
        world.use(async () => program(given));
        await world.up();
    }
    await actByHand(world, change);
    return given;
}

/** Previews the change on the real engine, and has the command report it with what the clouds say. */
export async function reported(world: EngineStack, change: Change, given: Given): Promise<Report & { text: string }> {
    writeFileSync(join(world.folder, "preview.json"), await previewJson(world, change, given));
    const write = async (...flags: string[]) => {
        const args = [cli, "report", "--stack", "dev", "--input", "preview.json", ...flags];
        const env = { ...process.env, ...world.stack.workspace.envVars };
        return (await run(process.execPath, args, { cwd: world.folder, env, maxBuffer: 2 ** 26 })).stdout;
    };
    const report: Report = JSON.parse(await write("--json"));
    return { ...report, text: "" };
}

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Report } from "../../../provider/dist/report/report.js";
import type { LoggedCall } from "../../../provider/dist/simulator/index.js";
import type { Change, Given } from "../../report/change.ts";
import { previewJson } from "../../report/previewJson.ts";
import { prepare } from "../../report/surroundings.ts";
import type { EngineStack } from "../stack.ts";

const run = promisify(execFile);
const cli = join(import.meta.dirname, "..", "..", "..", "provider", "dist", "cli", "main.js");

/** A change that was previewed, reported and then applied. */
export interface Applied {
    report: Report;
    /** The complete error output of a failed `up`. */
    failure: string | undefined;
    /** The successful calls of `up`, without reads, and the clouds' own jobs, in order. */
    calls: LoggedCall[];
    /** The stack's resources after `up`, with the ids of their objects and children. */
    created: { name: string; ids: string[] }[];
    /** The snapshots behind an image before `up`. */
    snapshotsOf(id: string): string[];
}

const read = /^\w+\.((Nova|Glance)?(Check|List|Describe|Show|Get|Query)|Keystone)/;

/** Reports a change and applies it. */
export async function applied(world: EngineStack, change: Change): Promise<Applied> {
    const given = await prepare(world, change);
    const report = await reported(world, change, given);
    const { calls: log } = world.simulator.sim;
    const held = world.simulator.sim.registry.objects();
    const from = log.list(0, Number.POSITIVE_INFINITY).at(-1)?.seq ?? 0;
    world.use(async () => change.after(given));
    const refresh = change.options?.includes("--refresh");
    const failure = await world.up(undefined, { refresh }).then(
        () => undefined,
        (error: Error) => error.message,
    );
    const calls = log.list(
        from,
        Number.POSITIVE_INFINITY,
        ({ action, outcome }) => outcome === "ok" && !read.test(action),
    );
    const stored = await world.stored();
    const created = stored.filter((resource) => !resource.delete);
    return {
        report,
        failure,
        calls,
        created: created.map(({ urn, id, outputs = {} }) => ({
            name: urn.split("::").at(-1) ?? "",
            ids: idsIn(id ?? "", outputs),
        })),
        snapshotsOf: (id) => {
            const { value } = held.find((object) => object.id === id) ?? {};
            return held.filter((object) => isBehind(object, id, value)).map((object) => object.id);
        },
    };
}

/** Whether an object is a snapshot that the image refers to, or that refers to the image. */
function isBehind(object: { kind: string; id: string; value: unknown }, imageId: string, image: unknown): boolean {
    if (!/snapshot/i.test(object.kind)) return false;
    return (JSON.stringify(image) ?? "").includes(object.id) || JSON.stringify(object.value).includes(imageId);
}

const owned = z.object({ ownedSnapshots: z.array(z.string()).default([]), backup: z.string().optional() });

function idsIn(id: string, outputs: Record<string, unknown>): string[] {
    const { ownedSnapshots, backup } = owned.parse(outputs);
    return [
        ...(id === "" ? [] : [id.replace(/\/.*/, "")]),
        ...ownedSnapshots,
        ...(backup === undefined ? [] : [backup]),
    ];
}

/** Previews the change on the real engine, and reports it with live data. */
export async function reported(world: EngineStack, change: Change, given: Given): Promise<Report> {
    writeFileSync(join(world.folder, "preview.json"), await previewJson(world, change, given));
    const { stdout } = await report(world, "--stack", "dev", "--json");
    return JSON.parse(stdout);
}

/** The report as Markdown. */
export async function reportText(world: EngineStack): Promise<string> {
    return (await report(world)).stdout;
}

/** `machine-images report` of the last preview. */
function report(world: EngineStack, ...flags: string[]): Promise<{ stdout: string }> {
    const env = { ...process.env, ...world.stack.workspace.envVars };
    return run(process.execPath, [cli, "report", "--input", "preview.json", ...flags], {
        cwd: world.folder,
        env,
        maxBuffer: 64 * 2 ** 20,
    });
}

import { globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { load } from "./load.ts";
import { startOurs } from "./ours.ts";
import { connections } from "./rates.ts";
import { freshCopy, type Seeded } from "./seededData.ts";
import { type OurWorkload, ourWorkloads } from "./workloads.ts";

interface ProfileNode {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: number[];
}

interface CpuProfile {
    nodes: ProfileNode[];
    samples: number[];
    timeDeltas: number[];
}

export interface Share {
    readonly name: string;
    /** Percent of the time in which the process was active. */
    readonly percent: number;
}

export interface Profile {
    readonly workload: OurWorkload;
    readonly images: number;
    readonly self: Share[];
    /** Including the functions that they call; only functions of the simulator. */
    readonly total: Share[];
}

const shown = 15;

/** On the stack of every request. */
const servedIn = "/simulator/alibaba/gateway/";

/** Runs one workload under `node --cpu-prof` and summarizes the profile. */
export async function profileOf(provider: string, workload: OurWorkload, data: Seeded, seconds: number) {
    const folder = join(data.file, "..", "cpu-profiles", workload.replace(/\W+/g, "-"));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const server = await startOurs({
        provider,
        data: freshCopy(data, "profile"),
        nodeFlags: ["--cpu-prof", `--cpu-prof-dir=${folder}`],
    });
    const plan = { ...ourWorkloads[workload](data.images), connections, firstNumber: 0 };
    await load(server, { ...plan, seconds, most: 20_000 * Math.ceil(seconds) });
    await server.stop();
    const [file] = globSync("*.cpuprofile", { cwd: folder });
    if (file === undefined) throw new Error(`no profile was written to ${folder}`);
    const profile: CpuProfile = JSON.parse(readFileSync(join(folder, file), "utf8"));
    return { workload, images: data.images, ...sharesOf(profile) };
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
    const place = url ? ` ${url.startsWith("node:") ? url : `${basename(url)}:${lineNumber + 1}`}` : "";
    return `${functionName || "(anonymous)"}${place}`;
}

const isIdle = (name: string) => name === "(idle)" || name === "(root)";

function sharesOf({ nodes, samples, timeDeltas }: CpuProfile): { self: Share[]; total: Share[] } {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
    const self = new Map<string, number>();
    const total = new Map<string, number>();
    const add = (sums: Map<string, number>, name: string, time: number) => sums.set(name, (sums.get(name) ?? 0) + time);
    // Excludes loading modules and seeding: from the first answered request to the last.
    const isServing = new Set(nodes.filter(({ callFrame }) => callFrame.url.includes(servedIn)).map(({ id }) => id));
    const underServing = (id: number): boolean => {
        for (let at: number | undefined = id; at !== undefined; at = parent.get(at)) if (isServing.has(at)) return true;
        return false;
    };
    const first = samples.findIndex(underServing);
    const last = samples.findLastIndex(underServing);
    let busy = 0;
    samples.forEach((id, index) => {
        if (index < first || index > last) return;
        const time = timeDeltas[index] ?? 0;
        const node = byId.get(id);
        if (!node || isIdle(nameOf(node))) return;
        busy += time;
        add(self, nameOf(node), time);
        const counted = new Set<string>();
        for (let at: ProfileNode | undefined = node; at; at = byId.get(parent.get(at.id) ?? -1)) {
            if (!at.callFrame.url.includes("/simulator/") || counted.has(nameOf(at))) continue;
            counted.add(nameOf(at));
            add(total, nameOf(at), time);
        }
    });
    const top = (sums: Map<string, number>) =>
        [...sums]
            .sort(([, a], [, b]) => b - a)
            .slice(0, shown)
            .map(([name, time]) => ({ name, percent: (time / busy) * 100 }));
    return { self: top(self), total: top(total) };
}

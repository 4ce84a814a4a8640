import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { largePreview } from "../../report/largePreview.ts";
import { type Spread, spreadOf } from "../simulator/statistics.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const commandLine = join(root, "provider", "bin", "machine-images.js");

/** Compares reading a large file with a process that only parses it. */
export interface LargeInput {
    readonly what: string;
    readonly ours: Spread;
    readonly floor: Spread;
    /** The maximum factor over the floor. */
    readonly most: number;
}

/** An environment file with this many images. */
function largeEnvironment(count: number): string {
    const images = Array.from({ length: count }, (_, at) => [
        `  image-${at}:`,
        "    kind: CustomImage",
        "    cloud: shop",
        `    source: { server: ace0706b2ac4454d9842${String(at).padStart(12, "0")} }`,
    ]);
    const head = [
        "apiVersion: machine-images/v1",
        "clouds:",
        "  shop: { type: alibaba, region: cn-hangzhou }",
        "images:",
    ];
    return `${[...head, ...images.flat()].join("The duration of whole processes, alternately, after an uncounted round.")}\n`;
}

/** From start to exit, in turn, after a round that is not counted. */
function measured(
    rounds: number,
    ours: readonly string[],
    floor: readonly string[],
): Pick<LargeInput, "ours" | "floor"> {
    const times = { ours: [0], floor: [0] };
    for (let round = 0; round <= rounds; round++) {
        for (const [name, words] of [["ours", ours] as const, ["floor", floor] as const]) {
            const began = performance.now();
            spawnSync(process.execPath, words, { cwd: root, stdio: "ignore" });
            times[name][round] = performance.now() - began;
        }
    }
    return { ours: spreadOf(times.ours.slice(1)), floor: spreadOf(times.floor.slice(1)) };
}

export function measureLargeInputs(rounds: number, folder: string): LargeInput[] {
    const environment = join(folder, "environment.yaml");
    const preview = join(folder, "preview.json");
    writeFileSync(environment, largeEnvironment(5000));
    writeFileSync(preview, largePreview(40_000).text);
    const read = (file: string) => `require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8")`;
    return [
        {
            what: "validate of 5,000 images, start to exit",
            ...measured(
                rounds,
                [commandLine, "validate", environment],
                ["-e", `require("yaml").parseDocument(${read(environment)})`],
            ),
            most: 2.5,
        },
        {
            what: "report of 40,000 steps, start to exit",
            ...measured(
                rounds,
                [commandLine, "report", "--input", preview],
                ["-e", `JSON.stringify(JSON.parse(${read(preview)}))`],
            ),
            most: 10,
        },
    ];
}

/**
 * Compares the simulator with moto, the best-known cloud simulator, on the same machine in the same run. Prints a table
 * and compares it with targets; a missed target does not fail the run.
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { measureDay } from "./day.ts";
import { type Embedded, measureEmbedded } from "./embedded.ts";
import { measureMotoMemory, measureOurMemory } from "./memory.ts";
import { installMoto, motoVersion, ownImages, startMoto } from "./moto.ts";
import { startOurs } from "./ours.ts";
import { profileOf } from "./profile.ts";
import { type Contender, measureRates, type Rate } from "./rates.ts";
import { Readers } from "./readers.ts";
import { type Report, reportText } from "./report.ts";
import { freshCopy, type Seeded, seedData } from "./seededData.ts";
import type { Served } from "./server.ts";
import { measureStart } from "./startTime.ts";
import {
    dayVerdict,
    flatVerdict,
    growthVerdict,
    memoryVerdict,
    rateVerdict,
    startVerdict,
    timeVerdict,
    type Verdict,
} from "./targets.ts";
import { motoWorkloads, type OurWorkload, ourWorkloads } from "./workloads.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** About as many as moto starts with. */
const describedAmong = 1000;
const pagedAmong = 10_000;
const motoPages = [100, 1000];

const modes = {
    full: { sizes: [100, 1000, 10_000, 100_000], rounds: 5, seconds: 2, profileSeconds: 4 },
    quick: { sizes: [100, 1000, 10_000], rounds: 2, seconds: 1, profileSeconds: 2 },
};

const describes: readonly OurWorkload[] = ["SWAS ListCustomImages, 1 id", "ECS DescribeImages, 1 id"];
const paged: readonly OurWorkload[] = ["SWAS ListCustomImages, page of 50", "ECS DescribeImages, page of 50"];

const rateName = (workload: OurWorkload, images: number) => `${workload} of ${images}`;

export async function benchmarkSimulator(argv: string[]): Promise<void> {
    const { values: given } = parseArgs({
        args: argv,
        options: { quick: { type: "boolean" }, json: { type: "string" }, provider: { type: "string" } },
    });
    const provider = resolve(given.provider ?? join(root, "provider"));
    const report = await measure(provider, given.quick ? modes.quick : modes.full);
    console.log(reportText(report));
    if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(report, undefined, 2)}\n`);
}

const leave = async () => {};

async function measure(provider: string, mode: (typeof modes)["full"]): Promise<Report> {
    const note = (line: string) => console.error(`bench: ${line}`);
    installMoto();
    const folder = join(root, "tests", ".work", "bench", String(process.pid));
    mkdirSync(folder, { recursive: true });
    const readers = new Readers(provider);
    const servers: Served[] = [];
    try {
        note("start time");
        const start = await measureStart({ provider }, mode.rounds);

        note(`data files with ${mode.sizes.join(", ")} images`);
        const seeded: Seeded[] = [];
        for (const size of mode.sizes) seeded.push(await seedData(provider, folder, size));

        note("embedded");
        const embedded = await measureEmbedded(provider, mode.rounds);

        note("a day");
        const day = measureDay(provider, folder, mode.rounds);

        note("memory");
        const memory = {
            ours: await measureOurMemory(provider, seeded),
            moto: await measureMotoMemory(motoPages.at(-1) ?? 0),
        };

        const reading = (workload: OurWorkload, data: Seeded): Contender => ({
            name: rateName(workload, data.images),
            workload: ourWorkloads[workload](data.images),
            server: () => readers.server(data),
            after: () => readers.settle(data),
        });
        const writing = (workload: OurWorkload, data: Seeded): Contender => ({
            name: rateName(workload, data.images),
            workload: ourWorkloads[workload](data.images),
            server: () => startOurs({ provider, data: freshCopy(data, "write") }),
            after: (server) => server.stop("SIGKILL"),
        });
        const ofMoto = async (name: string, kind: keyof typeof motoWorkloads, images: number): Promise<Contender> => {
            const server = await startMoto();
            servers.push(server);
            const source = await ownImages(server.host, images);
            return {
                name: `moto ${name}`,
                workload: motoWorkloads[kind](source),
                server: async () => server,
                after: leave,
            };
        };

        note("describe one image");
        const describing = describes.flatMap((workload) => seeded.map((data) => reading(workload, data)));
        const described = await measureRates(
            [...describing, await ofMoto("DescribeImages, 1 id", "describe", 1)],
            mode,
        );
        note("durable create");
        const creating = seeded.filter(({ images }) => images <= 10_000).map((data) => writing("ECS CopyImage", data));
        const tagging = seeded.slice(0, 2).map((data) => writing("SWAS TagResources", data));
        const created = await measureRates([...creating, ...tagging, await ofMoto("CopyImage", "copy", 1)], mode);
        note("pages of 50");
        const paging = paged.flatMap((workload) => seeded.map((data) => reading(workload, data)));
        const motoPaging: Contender[] = [];
        for (const images of motoPages) {
            const contender = await ofMoto(`DescribeImages, all of ${images} own (it has no pages)`, "page", images);
            motoPaging.push({ ...contender, patience: Math.ceil(images / 250) });
        }
        const pages = await measureRates([...paging, ...motoPaging], mode);
        await readers.close();

        note("profiles");
        const profiled: [OurWorkload, number][] = [
            ["SWAS ListCustomImages, 1 id", describedAmong],
            ["ECS DescribeImages, 1 id", describedAmong],
            ["ECS CopyImage", 100],
            ["SWAS TagResources", 100],
            ["SWAS ListCustomImages, page of 50", pagedAmong],
            ["ECS DescribeImages, page of 50", 100],
        ];
        const profiles = [];
        for (const [workload, images] of profiled) {
            const data = seeded.find((candidate) => candidate.images === images);
            if (data) profiles.push(await profileOf(provider, workload, data, mode.profileSeconds));
        }

        const rates = [...described, ...created, ...pages];
        const rate = (name: string): Rate => {
            const found = rates.find((candidate) => candidate.name === name);
            if (!found) throw new Error(`${name} was not measured`);
            return found;
        };
        const growth = (workload: OurWorkload) => mode.sizes.map((size) => rate(rateName(workload, size)));
        const verdicts = [
            startVerdict(start.ours, start.moto),
            ...embeddedVerdicts(embedded),
            dayVerdict(day),
            ...describes.map((workload) => {
                const name = rateName(workload, describedAmong);
                return rateVerdict(name, rate(name), rate("moto DescribeImages, 1 id"), { perSecond: 8000, times: 30 });
            }),
            rateVerdict("durable ECS CopyImage", rate(rateName("ECS CopyImage", 100)), rate("moto CopyImage"), {
                perSecond: 4000,
                times: 15,
            }),
            rateVerdict("durable TagResources", rate(rateName("SWAS TagResources", 100)), rate("moto CopyImage"), {
                perSecond: 4000,
                times: 15,
            }),
            ...paged.flatMap((workload) => [
                rateVerdict(rateName(workload, pagedAmong), rate(rateName(workload, pagedAmong)), motoPageOf(pages), {
                    perSecond: 1500,
                }),
                flatVerdict(workload, growth(workload)),
            ]),
            memoryVerdict("idle", memory.ours[0]?.idle ?? Number.NaN, memory.moto[0], 90),
            memoryVerdict(
                `${pagedAmong} images, after reads`,
                memory.ours.find(({ images }) => images === pagedAmong)?.afterReads ?? Number.NaN,
                memory.moto[1],
                160,
            ),
            growthVerdict(memory.ours, 8000),
        ];
        return {
            machine: `${cpus()[0]?.model ?? "unknown"} x ${cpus().length}, Node ${process.version}`,
            provider,
            moto: `moto ${motoVersion}`,
            rounds: mode.rounds,
            secondsEach: mode.seconds,
            verdicts,
            rates,
            memory,
            profiles,
        };
    } finally {
        await readers.close();
        for (const server of servers) await server.stop("SIGKILL");
        rmSync(folder, { recursive: true, force: true });
    }
}

function embeddedVerdicts({ firstStart, laterStart, reset }: Embedded): Verdict[] {
    const seeding = "opening the database and seeding the world";
    return [
        timeVerdict("startSimulator, first in its process", firstStart, 30, `compiling; ${seeding}`),
        timeVerdict("startSimulator, later ones", laterStart, 30, seeding),
        timeVerdict("reset", reset, 5, "seeding the world"),
    ];
}

const motoPageOf = (rates: readonly Rate[]) =>
    rates.find(({ name }) => name.startsWith("moto") && name.includes("1000"));

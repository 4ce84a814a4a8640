import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Engine, type EnginePlugin, ensureEngine } from "../../provider/dist/engine/index.js";
import { type EnginePlaces, enginePlaces } from "../../provider/dist/engine/places.js";

/** How the fake tools behave in a test. */
export interface Behaviour {
    /** What the launcher does. @default "closed": it has no network */
    network?: "closed" | "open" | "truncated";
    /** What `go` does. "missing": not on PATH. "one fails": the language host fails, the engine hangs. @default "builds" */
    go?: "builds" | "missing" | "fails" | "hangs" | "wrong version" | "together" | "one fails";
}

/** A temporary Pulumi home with a fake launcher and a fake `go`, which record each call. */
export class Machine {
    readonly folder = mkdtempSync(join(tmpdir(), "machine-images-engine-"));
    readonly home = join(this.folder, "home");
    readonly places: EnginePlaces = enginePlaces(this.home);
    readonly launcher = join(this.folder, "launcher.cjs");
    readonly env: NodeJS.ProcessEnv;
    readonly log: string[] = [];
    private readonly calls = join(this.folder, "calls");
    private readonly path = join(this.folder, "path");

    constructor(behaviour: Behaviour = {}) {
        // GOFLAGS as a user may have set it. It would override `-mod=readonly` if it were passed on.
        this.env = { PATH: this.path, CALLS: this.calls, GOFLAGS: "-mod=mod" };
        mkdirSync(this.path);
        this.become(behaviour);
    }

    /** Changes how the tools behave. */
    become({ network = "closed", go = "builds" }: Behaviour): void {
        writeFileSync(this.launcher, launcherScript[network]);
        const file = join(this.path, "go");
        rmSync(file, { force: true });
        if (go === "missing") return;
        writeFileSync(file, `#!${process.execPath}\n${recordGo}${goScript[go]}`);
        chmodSync(file, 0o755);
    }

    /** Installs the engine in this process. */
    ensure({ signal, plugins }: { signal?: AbortSignal; plugins?: readonly EnginePlugin[] } = {}): Promise<Engine> {
        const { home, env, launcher } = this;
        return ensureEngine({ home, env, launcher, signal, plugins, log: (line) => this.log.push(line) });
    }

    /** NODE_OPTIONS with which the real launcher has no network. */
    closedNetwork(): string {
        const file = join(this.folder, "closedNetwork.cjs");
        writeFileSync(file, 'globalThis.fetch = () => Promise.reject(new Error("fetch failed"));');
        return `--require=${file}`;
    }

    /** The calls of the tools so far: "launcher", or "go" with the folder, the package and GOFLAGS. */
    called(): string[] {
        return existsSync(this.calls) ? readFileSync(this.calls, "utf8").trim().split("\n") : [];
    }

    /** Files in the Pulumi home, as paths below it. */
    files(): string[] {
        if (!existsSync(this.home)) return [];
        return readdirSync(this.home, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(this.home.length + 1))
            .sort();
    }

    /** Writes a file into the Pulumi home. */
    put(file: string, text: string, mode = 0o755): void {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode });
        chmodSync(file, mode);
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

const record = 'const fs = require("node:fs"); const path = require("node:path");\n';

const recordGo = `${record}
const out = process.argv[process.argv.indexOf("-o") + 1];
const call = ["go", path.basename(process.cwd()), process.argv.at(-1), process.env.GOFLAGS].join(" ");
fs.appendFileSync(process.env.CALLS, call + "\\n");
`;

const pulumiScript = (version: string) => `#!/bin/sh\necho v${version}\n`;

const goScript = {
    builds: `fs.writeFileSync(out, ${JSON.stringify(pulumiScript("3.259.0"))});`,
    "wrong version": `fs.writeFileSync(out, ${JSON.stringify(pulumiScript("1.0.0"))});`,
    fails: `fs.writeFileSync(out, "half");
        console.error("go: downloading github.com/x/y v1.0.0");
        console.error("go: go.mod requires go >= 1.25.8 (running go 1.20)");
        process.exit(1);`,
    hangs: 'fs.writeFileSync(out, "half"); setTimeout(() => {}, 30_000);',
    // Each build waits until the other one has started.
    together: `
        const isStarted = () => fs.readFileSync(process.env.CALLS, "utf8").match(/^go (language-nodejs|pulumi) /gm).length > 1;
        const wait = () => isStarted() ? fs.writeFileSync(out, ${JSON.stringify(pulumiScript("3.259.0"))}) : setTimeout(wait, 10);
        wait();`,
    "one fails": `
        if (call.startsWith("go language-nodejs")) {
            console.error("no space left on device");
            process.exit(1);
        }
        fs.writeFileSync(out, "half");
        setTimeout(() => {}, 30_000);`,
};

const download = (files: Record<string, string>, printed: string) => `${record}
fs.appendFileSync(process.env.CALLS, "launcher\\n");
const bin = path.join(process.env.PULUMI_HOME, "versions", process.env.PULUMI_VERSION, "bin");
fs.mkdirSync(bin, { recursive: true });
for (const [name, text] of Object.entries(${JSON.stringify(files)})) {
    fs.writeFileSync(path.join(bin, name), text, { mode: 0o755 });
}
console.log(${JSON.stringify(printed)});
`;

const launcherScript = {
    closed: `${record}
fs.appendFileSync(process.env.CALLS, "launcher\\n");
console.error("Downloading pulumi v3.259.0...");
console.error("pulumi: fetch failed");
process.exit(1);`,
    open: download(
        {
            pulumi: pulumiScript("3.259.0"),
            "pulumi-language-nodejs": "host",
            "pulumi-language-python": "host",
            "pulumi-resource-pulumi-nodejs": "official script",
        },
        "v3.259.0",
    ),
    truncated: download({ pulumi: "half" }, ""),
};

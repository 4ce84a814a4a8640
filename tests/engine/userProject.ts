import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSimulation } from "../../provider/dist/simulator/index.js";

const root = join(import.meta.dirname, "..", "..");

/** A file that the documentation shows, by its name there. */
export function documented(file: string): string {
    const page = readFileSync(join(root, "provider", "docs", "projects.md"), "utf8");
    for (const [, name, text] of page.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)) {
        if (name === file && text !== undefined) return text;
    }
    throw new Error(`provider/docs/projects.md shows no ${file}`);
}

/** A program of a user's in a folder of its own, with its state and its simulated clouds there. */
export class UserProgram {
    readonly folder: string;
    /** The simulator's data file is seen from the program's folder. */
    private readonly data: string;
    private readonly env: NodeJS.ProcessEnv;

    /** @param main the program's file, as Pulumi.yaml names it */
    constructor(folder: string, main: string, files: Readonly<Record<string, string>>) {
        this.folder = folder;
        this.data = join(folder, dirname(main), ".machine-images", "simulator.db");
        const state = join(folder, "state");
        mkdirSync(state, { recursive: true });
        const settings =
            "machine-images:simulator: { value: embedded }\n  machine-images:simulatorClock: { value: auto }";
        const project = `name: shop\nruntime: nodejs\nmain: ${main}\nconfig:\n  ${settings}\n`;
        for (const [name, text] of Object.entries({ "Pulumi.yaml": project, ...files })) {
            writeFileSync(join(folder, name), text);
        }
        this.env = { ...process.env, PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "" };
    }

    /** Copies a file of this repository into the folder. */
    copy(...path: string[]): void {
        cpSync(join(root, ...path), join(this.folder, path.at(-1) ?? ""));
    }

    /** Runs a command in the folder. @throws with its output when it fails */
    run(command: string, ...args: string[]): string {
        const options = { cwd: this.folder, env: this.env, encoding: "utf8" } as const;
        const { status, stdout, stderr } = spawnSync(command, args, options);
        if (status !== 0) throw new Error(`${command} ${args.join(" ")}:\n${stdout}\n${stderr}`);
        return stdout;
    }

    /** What `pulumi up` prints when it fails, with more in the environment. */
    failingUp(more: NodeJS.ProcessEnv): string {
        const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "dev"];
        const env = { ...this.env, ...more };
        return spawnSync("pulumi", args, { cwd: this.folder, env, encoding: "utf8" }).stdout;
    }

    /** Brings the stack up and deletes it. Gives what the clouds held meanwhile and after. */
    live({ preview = false } = {}): { up: string[]; after: string[] } {
        this.run("pulumi", "stack", "select", "--create", "dev", "--non-interactive");
        this.run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
        const up = this.held();
        if (preview) this.run("pulumi", "preview", "--expect-no-changes", "--non-interactive");
        this.run("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
        return { up, after: this.held() };
    }

    /** What the simulated clouds hold beyond a new world: "swas.image m-bp1…". */
    held(): string[] {
        const before = objects(":memory:");
        return objects(this.data).filter((held) => !before.includes(held));
    }
}

function objects(data: string): string[] {
    const sim = openSimulation({ data });
    try {
        return sim.registry.objects().map(({ kind, id }) => `${kind} ${id}`);
    } finally {
        sim.close();
    }
}

/** The copies of a package in a folder that npm installed, as paths. */
export function copiesOf(folder: string, name: string): string[] {
    const args = ["ls", name, "--all", "--parseable"];
    const printed = execFileSync("npm", args, { cwd: folder, encoding: "utf8" }).trim();
    return [...new Set(printed.split("\n"))].filter((path) => path.endsWith(join("node_modules", name)));
}

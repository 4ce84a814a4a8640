import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSimulation } from "../../provider/dist/simulator/index.js";

const root = join(import.meta.dirname, "..", "..");

/** A file that the documentation shows. */
export function documented(file: string): string {
    const page = readFileSync(join(root, "provider", "docs", "projects.md"), "utf8");
    for (const [, name, text] of page.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)) {
        if (name === file && text !== undefined) return text;
    }
    throw new Error(`provider/docs/projects.md shows no ${file}`);
}

/** A user's program in a separate folder, with its state and its simulated clouds. */
export class UserProgram {
    readonly folder: string;
    /** The path of the simulator's data file, relative to the program's folder. */
    private readonly data: string;
    private readonly env: NodeJS.ProcessEnv;

    /** @param main the program's file, for Pulumi.yaml */
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

    /** Runs a command in the folder. @throws with its output if it fails */
    run(command: string, ...args: string[]): string {
        const options = { cwd: this.folder, env: this.env, encoding: "utf8" } as const;
        const { status, stdout, stderr } = spawnSync(command, args, options);
        if (status !== 0) throw new Error(`${command} ${args.join(" ")}:\n${stdout}\n${stderr}`);
        return stdout;
    }

    /** The output of a failing `pulumi up`, with additional environment variables. */
    failingUp(more: NodeJS.ProcessEnv): string {
        const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "dev"];
        const env = { ...this.env, ...more };
        return spawnSync("pulumi", args, { cwd: this.folder, env, encoding: "utf8" }).stdout;
    }

    /** Deploys and destroys the stack. @returns the objects in the clouds after each of the two */
    live({ preview = false } = {}): { up: string[]; after: string[] } {
        this.run("pulumi", "stack", "select", "--create", "dev", "--non-interactive");
        this.run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
        const up = this.held();
        if (preview) this.run("pulumi", "preview", "--expect-no-changes", "--non-interactive");
        this.run("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
        return { up, after: this.held() };
    }

    /** The objects in the simulated clouds that a new world does not have: "swas.image m-bp1…". */
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

/** The paths of the copies of a package that npm installed in a folder. */
export function copiesOf(folder: string, name: string): string[] {
    const args = ["ls", name, "--all", "--parseable"];
    const printed = execFileSync("npm", args, { cwd: folder, encoding: "utf8" }).trim();
    return [...new Set(printed.split("\n"))].filter((path) => path.endsWith(join("node_modules", name)));
}

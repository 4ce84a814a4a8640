import { spawn } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Project } from "./projects.ts";

/** The operations in the lifecycle of a stack, in order. */
export const operations = ["up", "preview", "refresh", "destroy"] as const;
export type Operation = (typeof operations)[number];

const words: Record<Operation, string[]> = {
    up: ["up", "--yes", "--skip-preview"],
    preview: ["preview", "--expect-no-changes"],
    refresh: ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
    destroy: ["destroy", "--yes", "--skip-preview"],
};

/** Runs the engine in projects, each with its state in its own directory. */
export class EngineRuns {
    private readonly env: NodeJS.ProcessEnv;

    constructor(env: NodeJS.ProcessEnv) {
        this.env = env;
    }

    /** Runs `pulumi` and returns its output. @throws with its output if it fails */
    run(project: Project, args: readonly string[]): Promise<string> {
        const env = {
            ...this.env,
            PULUMI_BACKEND_URL: `file://${join(project.folder, "state")}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        };
        return new Promise((resolve, reject) => {
            const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
                cwd: project.folder,
                env,
            });
            let output = "";
            for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
            child.once("error", reject);
            child.once("close", (code) => {
                if (code === 0) resolve(output);
                else reject(new Error(`pulumi ${args.join(" ")} in ${project.name} ended with ${code}:\n${output}`));
            });
        });
    }

    async open(project: Project): Promise<void> {
        await this.run(project, ["stack", "init", "dev"]);
        for (const [key, value] of Object.entries(project.config)) {
            const plain = /secret/i.test(key) ? "--secret" : "--plaintext";
            await this.run(project, ["config", "set", plain, key, value]);
        }
    }

    /** The duration of one operation, in milliseconds. */
    async time(project: Project, operation: Operation): Promise<number> {
        const began = performance.now();
        await this.run(project, words[operation]);
        return performance.now() - began;
    }

    /** The stored resources: type, and size in the state file without indentation, in bytes. */
    async stored(project: Project): Promise<{ type: string; bytes: number }[]> {
        const exported = JSON.parse(await this.run(project, ["stack", "export"]));
        const resources: { type: string }[] = exported.deployment.resources;
        return resources.map((resource) => ({ type: resource.type, bytes: JSON.stringify(resource).length }));
    }
}

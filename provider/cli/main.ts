#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closestWord } from "../environment/closestWord";

/** One subcommand. Its code is loaded when it is asked for, so that every other one starts fast. */
interface Command {
    name: string;
    summary: string;
    load: () => Promise<(argv: string[]) => Promise<void>>;
}

const commands: Command[] = [
    {
        name: "init",
        summary: "make a new project that runs as it stands, against simulated clouds",
        load: async () => (await import("./init.js")).init,
    },
    {
        name: "engine",
        summary: "make the Pulumi engine available on this machine",
        load: async () => (await import("./engine.js")).engine,
    },
    {
        name: "pulumi",
        summary: "run that engine: machine-images pulumi up",
        load: async () => (await import("./pulumi.js")).pulumi,
    },
    {
        name: "import-file",
        summary: "write a file for pulumi import that brings existing objects into a stack",
        load: async () => (await import("./importFile.js")).importFile,
    },
    {
        name: "report",
        summary: "say what a preview really does: pulumi preview --json | machine-images report",
        load: async () => (await import("./report.js")).report,
    },
    {
        name: "comment",
        summary: "write that report into the one comment of a pull request",
        load: async () => (await import("./comment.js")).comment,
    },
    {
        name: "validate",
        summary: "check environment files, without asking a cloud",
        load: async () => (await import("./validate.js")).validate,
    },
    {
        name: "graph",
        summary: "draw what an environment file builds, as a Mermaid flowchart",
        load: async () => (await import("./graph.js")).graph,
    },
    {
        name: "schema",
        summary: "print the JSON Schema of environment files",
        load: async () => (await import("./schema.js")).schema,
    },
    {
        name: "simulate",
        summary: "serve the simulated clouds on this machine",
        load: async () => (await import("../simulator/main.js")).simulate,
    },
    {
        name: "rules",
        summary: "print every reason for which the simulated clouds say no",
        load: async () => (await import("../simulator/rulesCommand.js")).printRules,
    },
];

async function main([name, ...rest]: string[]): Promise<void> {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") return print(help());
    if (name === "--version" || name === "-v") return print(packageVersion());
    const command = commands.find((candidate) => candidate.name === name);
    if (!command) return unknown(name);
    const run = await command.load();
    await run(rest);
}

function help(): string {
    const width = Math.max(...commands.map((command) => command.name.length));
    return [
        "Usage: machine-images <command> [options]",
        "",
        "Commands:",
        ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
        "",
        "Options:",
        "  --help     this text; after a command, the command's own",
        "  --version  the version of this package",
    ].join("\n");
}

function packageVersion(): string {
    const { version }: { version: string } = JSON.parse(
        readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"),
    );
    return version;
}

function unknown(name: string): void {
    const closest = closestWord(
        name,
        commands.map((command) => command.name),
    );
    const advice = closest ? `did you mean \`${closest}\`?` : "`machine-images --help` lists the commands";
    process.stderr.write(`machine-images: there is no command \`${name}\`; ${advice}\n`);
    process.exitCode = 2;
}

function print(text: string): void {
    process.stdout.write(`${text}\n`);
}

// Whoever reads may have read enough: `machine-images rules | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
});

main(process.argv.slice(2)).catch((error: unknown) => {
    const code = isNamed(error, "UsageError") ? 2 : 1;
    // An embedded simulator that a command asked would go on serving, and keep this process alive.
    process.stderr.write(`machine-images: ${textOf(error)}\n`, () => process.exit(code));
});

/** What a user can put right is one line. By name, because the simulator, behind its wall, has its own such class. */
function textOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    return isNamed(error, "UserError", "UsageError") ? error.message : (error.stack ?? error.message);
}

function isNamed(error: unknown, ...names: string[]): boolean {
    return error instanceof Error && names.includes(error.name);
}

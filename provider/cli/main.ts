#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closestWord } from "../core/closestWord";
import { visibleText } from "../core/visibleText";
import { type Command, commandNamed } from "./commands";
import { declarations } from "./declarations";
import { helpOf, helpOfAll, wantsHelp } from "./help";
import { UsageError } from "./usageError";

async function main([name, ...rest]: string[]): Promise<void> {
    if (name === undefined || name === "--help" || name === "-h") return print(helpOfAll(declarations));
    if (name === "--version" || name === "-v") return print(packageVersion());
    if (name === "help") return print(rest[0] === undefined ? helpOfAll(declarations) : helpOf(find(rest[0]).declared));
    const { declared, load } = find(name);
    if (wantsHelp(declared, rest)) return print(helpOf(declared));
    const run = await load();
    await run(rest);
}

function find(name: string): Command {
    const command = commandNamed(name);
    if (command) return command;
    const closest = closestWord(
        name,
        declarations.map((declared) => declared.name),
    );
    const advice = closest ? `did you mean \`${closest}\`?` : "run `machine-images --help` for a list of commands";
    throw new UsageError(`unknown command \`${name}\`: ${advice}`);
}

function packageVersion(): string {
    const { version }: { version: string } = JSON.parse(
        readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"),
    );
    return version;
}

function print(text: string): void {
    process.stdout.write(`${text}\n`);
}

// The reader may close the pipe early, as in `machine-images rules | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
});

main(process.argv.slice(2)).catch((error: unknown) => {
    const code = isNamed(error, "UsageError") ? 2 : 1;
    // An embedded simulator would keep this process alive.
    process.stderr.write(`machine-images: ${textOf(error)}\n`, () => process.exit(code));
});

/** An error that a user can fix is one line. Compares names, because the simulator has its own classes. */
function textOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    if (!isNamed(error, "UserError", "UsageError", "CloudError")) return error.stack ?? error.message;
    return visibleText(error.message.replace(/\s*\n\s*/g, "; "));
}

function isNamed(error: unknown, ...names: string[]): boolean {
    return error instanceof Error && names.includes(error.name);
}

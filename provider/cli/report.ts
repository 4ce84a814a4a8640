import { parseArgs } from "node:util";
import { UserError } from "../clouds/errors";
import { holdingsInClouds, holdingsInState, type KnownHoldings } from "../report/holdings";
import { markdownOf } from "../report/markdown";
import type { Plan } from "../report/plan";
import { readEvents } from "../report/readEvents";
import { readPreview } from "../report/readPreview";
import { reportOf } from "../report/report";
import { readInput } from "./readInput";
import { cloudsOfStack } from "./stackClouds";

const usage = `Usage: pulumi preview --json | machine-images report [--stack STACK] [--json]

Writes what a preview means for machine images and servers, as Markdown for a pull request: who is affected, the steps in
the order in which they run, what is erased, what stays behind, what can be undone. Writes nothing when nothing changes.

  --stack STACK  read who uses and sees each image from the clouds, with this stack's configuration ("." is the selected
                 one); without it only from the preview, and the report says so
  --events       what comes in is an engine event log: what the Automation API's onEvent gives, one event a line, or
                 PULUMI_DEBUG_COMMANDS=true pulumi preview --event-log FILE; it does not say what waits for what
  --input FILE   read that instead of standard input
  --json         the same for machines

Exit codes: 0 written, 1 what came in is no preview, 2 usage.`;

/** `machine-images report` */
export async function report(argv: string[]): Promise<void> {
    const { stack, events, input, json, help } = optionsOf(argv);
    if (help) return void process.stdout.write(`${usage}\n`);
    const given = await readInput(input);
    const plan = events ? readEvents(given) : readPreview(given);
    const written = reportOf(plan, await knownHoldings(plan, stack));
    const output = json ? `${JSON.stringify(written, undefined, 2)}\n` : markdownOf(written);
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write(output, () => process.exit());
}

function optionsOf(argv: string[]) {
    try {
        const { values } = parseArgs({
            args: argv,
            options: {
                stack: { type: "string" },
                events: { type: "boolean", default: false },
                input: { type: "string" },
                json: { type: "boolean", default: false },
                help: { type: "boolean", short: "h", default: false },
            },
        });
        return values;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw usageError(`${reason}: \`machine-images report --help\` shows how it is called`, error);
    }
}

function usageError(message: string, cause: unknown): Error {
    return Object.assign(new UserError(message, { cause }), { name: "UsageError" });
}

/** Live when a stack is named and its clouds answer; else from the preview, with the reason. */
async function knownHoldings({ changes }: Plan, stack: string | undefined): Promise<KnownHoldings> {
    if (stack === undefined) return holdingsInState(changes, "no --stack is given");
    try {
        return await holdingsInClouds(changes, await cloudsOfStack(stack === "." ? undefined : stack));
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return holdingsInState(changes, `the clouds could not be asked: ${reason}`);
    }
}

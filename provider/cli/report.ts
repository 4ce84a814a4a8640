import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { sentence } from "../environment/problem";
import { readPolicy } from "../environment/readPolicy";
import { type History, historyOf } from "../report/history";
import { holdingsInState, type KnownHoldings } from "../report/holdings";
import { holdingsInClouds } from "../report/liveHoldings";
import { markdownOf } from "../report/markdown";
import type { Plan } from "../report/plan";
import { readEvents } from "../report/readEvents";
import { readPreview } from "../report/readPreview";
import { reportOf } from "../report/report";
import { textOf } from "./environmentFiles";
import { ownersElsewhere } from "./otherStacks";
import { readInput } from "./readInput";
import { cloudsAround, cloudsOfStack } from "./stackClouds";
import { UsageError } from "./usageError";

const usage = `Usage: pulumi preview --json | machine-images report [--stack STACK] [--policy FILE] [--json]

Writes what a preview means for machine images and servers, as Markdown for a pull request: who is affected, the steps in
the order in which they run, what is erased, what stays behind, what it costs and what can be undone. Writes nothing when
nothing changes.

  --stack STACK     read who uses and sees each image from the clouds, with this stack's configuration ("." is the
                    selected one). Without it, with the configuration that the preview shows and the keys of the
                    environment or the clouds' profile files; what cannot be read is told from the preview, and said so
  --policy FILE     an environment file, or one with only apiVersion, policy and prices: says which of its limits are
                    broken, and what the change costs by its prices
  --history FILE    engine event log of an earlier run (pulumi up --event-log FILE), for how long things take here; may
                    be given several times
  --events          what comes in is an engine event log: what the Automation API's onEvent gives, one event a line, or
                    PULUMI_DEBUG_COMMANDS=true pulumi preview --event-log FILE; it does not say what waits for what
  --input FILE      read that instead of standard input
  --json            the same for machines
  --json-file FILE  write the same for machines to a file, too

Exit codes: 0 written, 1 it failed, 2 called in a wrong way, 3 written, and the policy says no.`;

/** `machine-images report` */
export async function report(argv: string[]): Promise<void> {
    const { stack, policy: policyFile, history = [], events, input, json, help, ...options } = optionsOf(argv);
    if (help) return void process.stdout.write(`${usage}\n`);
    const judgedBy = policyFile === undefined ? {} : policyOf(policyFile);
    const earlier: History = historyOf(history.map(textOf));
    const given = await readInput(input);
    const plan = events ? readEvents(given) : readPreview(given);
    const written = reportOf(plan, { known: await knownHoldings(plan, stack), ...judgedBy, history: earlier });
    const machines = `${JSON.stringify(written, undefined, 2)}\n`;
    if (options["json-file"] !== undefined) writeFileSync(options["json-file"], machines);
    const isRefused = (written.againstPolicy ?? []).length > 0;
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write(json ? machines : markdownOf(written), () => process.exit(isRefused ? 3 : 0));
}

function optionsOf(argv: string[]) {
    try {
        const { values } = parseArgs({
            args: argv,
            options: {
                stack: { type: "string" },
                policy: { type: "string" },
                history: { type: "string", multiple: true },
                events: { type: "boolean", default: false },
                input: { type: "string" },
                json: { type: "boolean", default: false },
                "json-file": { type: "string" },
                help: { type: "boolean", short: "h", default: false },
            },
        });
        return values;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const message = `${reason}: \`machine-images report --help\` shows how it is called`;
        throw new UsageError(message, { cause: error });
    }
}

/** @throws UsageError that names every problem of the file */
function policyOf(file: string) {
    const read = readPolicy(file, textOf(file));
    if (read.policy === undefined) throw new UsageError(read.problems.map(sentence).join("\n"));
    return { policy: read.policy, ...(read.prices && { prices: read.prices }) };
}

/** Live as far as the clouds answer; else from the preview, with the reason. */
async function knownHoldings({ changes, config }: Plan, stack: string | undefined): Promise<KnownHoldings> {
    try {
        if (stack !== undefined) {
            const clouds = await cloudsOfStack(stack === "." ? undefined : stack);
            return await holdingsInClouds(changes, { clouds, isStacksOwn: true, ownersElsewhere });
        }
        const clouds = cloudsAround(config, process.env);
        if (!clouds) return holdingsInState(changes, "no --stack is given");
        const known = await holdingsInClouds(changes, { clouds, isStacksOwn: false });
        // What to do about keys is in the help; here it would hide the rest.
        const reason = known.reason?.replace(/^(no credentials for [^:]*): .*$/s, "$1");
        return known.from === "cloud" ? known : { ...known, reason: `no --stack is given, and ${reason}` };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return holdingsInState(changes, `the clouds could not be asked: ${reason}`);
    }
}

import { writeFileSync } from "node:fs";
import { sentence } from "../environment/problem";
import { readPolicy } from "../environment/readPolicy";
import { holdingsInState, type KnownHoldings } from "../report/known/holdings";
import { holdingsInClouds } from "../report/known/liveHoldings";
import { markdownOf } from "../report/markdown/markdown";
import type { Plan } from "../report/preview/plan";
import { readEvents } from "../report/preview/readEvents";
import { readPreview } from "../report/preview/readPreview";
import { reportOf } from "../report/report";
import { type History, historyOf } from "../report/steps/history";
import { reportCommand } from "./commands/report";
import { textOf } from "./environmentFiles";
import { lookingStep } from "./lookingStep";
import { ownersElsewhere } from "./otherStacks";
import { parsed } from "./parsed";
import { readInput } from "./readInput";
import { cloudsAround, cloudsOfStack } from "./stackClouds";
import { secretsOfStack } from "./stackSecrets";
import { progressLine } from "./terminal";
import { UsageError } from "./usageError";

/** `machine-images report` */
export async function report(argv: string[]): Promise<void> {
    const options = parsed(reportCommand, argv).values;
    const { stack, policy: policyFile, history = [], events, input, json } = options;
    const judgedBy = policyFile === undefined ? {} : policyOf(policyFile);
    const earlier: History = historyOf(history.map(textOf));
    const given = await readInput(input);
    const plan = events ? readEvents(given) : readPreview(given);
    const written = reportOf(plan, {
        known: await lookAt(plan, stack),
        ...judgedBy,
        history: earlier,
        secrets: await secretsOfStack(stack),
    });
    const machines = `${JSON.stringify(written, undefined, 2)}\n`;
    if (options["json-file"] !== undefined) writeFileSync(options["json-file"], machines);
    const isRefused = (written.againstPolicy ?? []).length > 0;
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write(json ? machines : markdownOf(written), () => process.exit(isRefused ? 3 : 0));
}

/** @throws UsageError that names every problem of the file */
function policyOf(file: string) {
    const read = readPolicy(file, textOf(file));
    if (read.policy === undefined) throw new UsageError(read.problems.map(sentence).join("\n"));
    return { policy: read.policy, ...(read.prices && { prices: read.prices }) };
}

/** The clouds that do not answer in time are those that could not be asked. */
async function lookAt(plan: Plan, stack: string | undefined): Promise<KnownHoldings> {
    const progress = progressLine();
    return lookingStep(progress.show)
        .run(() => knownHoldings(plan, stack))
        .finally(progress.clear);
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

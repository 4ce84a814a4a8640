import { writeFileSync } from "node:fs";
import { z } from "zod";
import { UserError } from "../clouds/errors";
import { visibleJson } from "../core/visibleText";
import { readYaml } from "../environment/document";
import type { Policy, Prices } from "../environment/policy";
import { sentence } from "../environment/problem";
import { readPolicy } from "../environment/readPolicy";
import { holdersBefore } from "../pulumi/dynamic/holders";
import { statesOfBackend } from "../pulumi/dynamic/stackStates";
import { stackPart } from "../pulumi/dynamic/urn";
import { dependentsInState, type KnownDependents } from "../report/cloudState/dependents";
import { dependentsInClouds } from "../report/cloudState/liveDependents";
import { type Plan, unreadablePlan } from "../report/plan/plan";
import { readEvents } from "../report/plan/readEvents";
import { readPreview } from "../report/plan/readPreview";
import { readState, type StackState } from "../report/plan/stateDeletions";
import { hasLimits } from "../report/policy";
import { markdownOf } from "../report/render/markdown";
import { reportOf } from "../report/report";
import { type History, historyOf } from "../report/steps/history";
import { reportCommand } from "./commands/report";
import { textOf } from "./environmentFiles";
import { lookingStep } from "./lookingStep";
import { ownersElsewhere } from "./otherStacks";
import { parsed } from "./parsed";
import { pulumiHere } from "./pulumiHere";
import { readInput } from "./readInput";
import { cloudsAround, cloudsOfStack } from "./stackClouds";
import { secretsOfStack } from "./stackSecrets";
import { progressLine } from "./terminal";
import { UsageError } from "./usageError";

/** `machine-images report` */
export async function report(argv: string[]): Promise<void> {
    const options = parsed(reportCommand, argv).values;
    const { stack, policy: policyFile, history = [], events, input, json } = options;
    const judgedBy: { policy?: Policy; prices?: Prices } = policyFile === undefined ? {} : policyOf(policyFile);
    const earlier: History = historyOf(history.map(textOf));
    const given = await readInput(input);
    const state = stack === undefined || events ? undefined : await stateOf(stack);
    const plan = readPlan(() => (events ? readEvents(given) : readPreview(given, state)), judgedBy.policy, stack);
    const written = reportOf(plan, {
        known: await lookAt(plan, stack),
        ...judgedBy,
        history: earlier,
        secrets: await secretsOfStack(stack),
    });
    const machines = `${visibleJson(JSON.stringify(written, undefined, 2))}\n`;
    if (options["json-file"] !== undefined) writeFileSync(options["json-file"], machines);
    const isRefused = (written.againstPolicy ?? []).length > 0;
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write(json ? machines : markdownOf(written), () => process.exit(isRefused ? 3 : 0));
}

/**
 * The plan; of what is no finished preview, and has to keep a limit, one that says so.
 *
 * @throws UserError when it is no finished preview
 */
function readPlan(read: () => Plan, policy: Policy | undefined, stack: string | undefined): Plan {
    try {
        return read();
    } catch (error) {
        if (!policy || !hasLimits(policy)) throw error;
        const reason = error instanceof UserError ? error.message : `the preview cannot be read: ${String(error)}`;
        return unreadablePlan(reason, { project: projectHere(), stack: stack?.split("/").at(-1) ?? "unknown" });
    }
}

/** The name of the project in this folder. */
function projectHere(): string {
    try {
        const { data } = readYaml("Pulumi.yaml", textOf("Pulumi.yaml"));
        return z.object({ name: z.string() }).parse(data).name;
    } catch {
        return "unknown";
    }
}

/** Undefined when the engine cannot tell it; the clouds then say why. */
async function stateOf(stack: string): Promise<StackState | undefined> {
    try {
        const ask = await pulumiHere(stack === "." ? undefined : stack);
        return readState(await ask("stack export"));
    } catch {
        return undefined;
    }
}

/** @throws UsageError that names every problem of the file */
function policyOf(file: string) {
    const read = readPolicy(file, textOf(file));
    if (read.policy === undefined) throw new UsageError(read.problems.map(sentence).join("\n"));
    return { policy: read.policy, ...(read.prices && { prices: read.prices }) };
}

/** The clouds that do not answer in time are those that could not be asked. */
async function lookAt(plan: Plan, stack: string | undefined): Promise<KnownDependents> {
    const progress = progressLine();
    return lookingStep(progress.show)
        .run(() => knownDependents(plan, stack))
        .finally(progress.clear);
}

/** Live as far as the clouds answer; else from the preview, with the reason. */
async function knownDependents({ changes, config }: Plan, stack: string | undefined): Promise<KnownDependents> {
    try {
        if (stack !== undefined) {
            const clouds = await cloudsOfStack(stack === "." ? undefined : stack);
            const [urn] = changes.map((change) => change.urn);
            const holders = holdersBefore(urn && stackPart(urn), statesOfBackend(process.env));
            return await dependentsInClouds(changes, { clouds, isStacksOwn: true, holders, ownersElsewhere });
        }
        const clouds = cloudsAround(config, process.env);
        if (!clouds) return dependentsInState(changes, "no --stack is given");
        const known = await dependentsInClouds(changes, { clouds, isStacksOwn: false });
        // What to do about keys is in the help; here it would hide the rest.
        const reason = known.reason?.replace(/^(no credentials for [^:]*): .*$/s, "$1");
        return known.from === "cloud" ? known : { ...known, reason: `no --stack is given, and ${reason}` };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return dependentsInState(changes, `the clouds could not be asked: ${reason}`);
    }
}

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
    const limits: { policy?: Policy; prices?: Prices } = policyFile === undefined ? {} : policyOf(policyFile);
    const earlier: History = historyOf(history.map(textOf));
    const given = await readInput(input);
    const state = stack === undefined || events ? undefined : await stateOf(stack);
    const plan = readPlan(() => (events ? readEvents(given) : readPreview(given, state)), limits.policy, stack);
    const result = reportOf(plan, {
        known: await readDependents(plan, stack),
        ...limits,
        history: earlier,
        secrets: await secretsOfStack(stack),
    });
    const asJson = `${visibleJson(JSON.stringify(result, undefined, 2))}\n`;
    if (options["json-file"] !== undefined) writeFileSync(options["json-file"], asJson);
    const isRefused = (result.againstPolicy ?? []).length > 0;
    // An embedded simulator would keep this process alive.
    process.stdout.write(json ? asJson : markdownOf(result), () => process.exit(isRefused ? 3 : 0));
}

/**
 * The plan. If the input is not a finished preview and the policy has limits, a plan that states this, so that no limit
 * is passed by mistake.
 *
 * @throws UserError if the input is not a finished preview and no limit applies
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

/** Undefined if the engine cannot export it. Reading the clouds then fails with the reason. */
async function stateOf(stack: string): Promise<StackState | undefined> {
    try {
        const ask = await pulumiHere(stack === "." ? undefined : stack);
        return readState(await ask("stack export"));
    } catch {
        return undefined;
    }
}

/** @throws UsageError that lists every problem of the file */
function policyOf(file: string) {
    const read = readPolicy(file, textOf(file));
    if (read.policy === undefined) throw new UsageError(read.problems.map(sentence).join("\n"));
    return { policy: read.policy, ...(read.prices && { prices: read.prices }) };
}

/** If a cloud does not answer in time, the report says that it could not be read. */
async function readDependents(plan: Plan, stack: string | undefined): Promise<KnownDependents> {
    const progress = progressLine();
    return lookingStep(progress.show)
        .run(() => knownDependents(plan, stack))
        .finally(progress.clear);
}

/** The dependents from the clouds, or from the preview with the reason why the clouds could not be read. */
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
        // The advice about keys is in the help; in a report it would hide the rest.
        const reason = known.reason?.replace(/^(no credentials for [^:]*): .*$/s, "$1");
        return known.from === "cloud" ? known : { ...known, reason: `no --stack is given, and ${reason}` };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return dependentsInState(changes, `the clouds could not be read: ${reason}`);
    }
}

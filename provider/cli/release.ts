import { UserError } from "../clouds/errors";
import { type FoundImage, findImage } from "../inventory/findImage";
import { ownerOf } from "../inventory/imageStatus";
import { leftBehind } from "../inventory/leftBehind";
import { carryOut, plannedRelease } from "../inventory/release";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { type ReleasePolicy, type ReleaseStep, release as takeSteps } from "../reconcile/deletionPlan";
import { releaseCommand } from "./commands/release";
import { findHolder } from "./findHolder";
import { interruptible } from "./interruptible";
import { changingStep, lookingStep } from "./lookingStep";
import { contextOf, type OpenedAccount, openAccount } from "./openAccount";
import { chosen, parsed } from "./parsed";
import { blocksOf, type ShownPlan, textOf } from "./releasePlan";
import { agreed, canAsk, type ProgressLine, progressLine } from "./terminal";
import { UsageError } from "./usageError";

type Given = ReturnType<typeof parsed<(typeof releaseCommand)["options"]>>["values"];

/** `machine-images release` */
export async function release(argv: string[]): Promise<void> {
    const { values, positionals } = parsed(releaseCommand, argv);
    const [wanted = ""] = positionals;
    if (!values["dry-run"] && !values.yes && !canAsk()) {
        throw new UsageError("there is no terminal to ask on: give --yes, or --dry-run to see the plan");
    }
    const account = await openAccount(releaseCommand, values);
    const progress = progressLine();
    const run: Run = { account, wanted, given: values, progress, isChanging: false };
    const goesOn = () => {
        progress.clear();
        if (run.isChanging) process.stderr.write("machine-images: interrupted: run the same command again to go on\n");
    };
    const isDone = await interruptible(goesOn, () => planAndRelease(run)).finally(progress.clear);
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write("", () => process.exit(isDone ? 0 : 1));
}

/** One call of the command. */
interface Run {
    readonly account: OpenedAccount;
    /** Id or name. */
    readonly wanted: string;
    readonly given: Given;
    readonly progress: ProgressLine;
    /** From the first change on. */
    isChanging: boolean;
}

/** Whether nothing was in the way. */
async function planAndRelease(run: Run): Promise<boolean> {
    const { account, wanted, given, progress } = run;
    const policy = policyOf(given);
    const { found, plan } = await optionalLookup(run, policy);
    progress.clear();
    const shown = (isReleased: boolean) => JSON.stringify({ ...plan, isReleased }, undefined, 2);
    const isEnd = given["dry-run"] || plan.kept !== undefined || plan.blockedBy.length > 0;
    if (!given.json) process.stdout.write(textOf(plan));
    else if (isEnd) process.stdout.write(`${shown(false)}\n`);
    if (isEnd) return plan.blockedBy.length === 0;
    if (!given.yes && !(await agreed(`Release ${plan.what}?`))) throw new UserError("nothing was changed");

    // A step's own waiting is told in the same words.
    const ahead = [...plan.steps];
    const told = (message: string) => {
        if (ahead[0] !== message) return progress.show(message);
        ahead.shift();
        progress.clear();
        if (!given.json) process.stdout.write(`${message}\n`);
    };
    const step = changingStep(told);
    const working = contextOf(account.clouds(true), step);
    run.isChanging = true;
    await step.run(async () => {
        if (found) await carryOut(working, found, policy);
        else await takeSteps(await leftBehind(working, account.places, wanted), told);
    });
    progress.clear();
    process.stdout.write(given.json ? `${shown(true)}\n` : `${plan.what}: released\n`);
    return true;
}

/** What is there, and what would be done; changes nothing. */
function optionalLookup({ account, wanted, given, progress }: Run, policy: ReleasePolicy) {
    const step = lookingStep(progress.show);
    const context = contextOf(account.clouds(false), step);
    return step.run(async () => {
        const found = await findImage(context, account.places, wanted);
        const plan = found
            ? await planOf(context, found, { account, policy, isForced: given["even-if-managed"] === true })
            : planOfRest(account, wanted, await leftBehind(context, account.places, wanted));
        return { found, plan };
    });
}

function notThere({ places }: OpenedAccount, wanted: string): UserError {
    const where = places.map(({ type, region }) => `${type} ${region}`).join(", ");
    return new UserError(
        `there is no own image ${wanted} in ${where}: correct the id, the name or the region (\`machine-images status\` lists them); it may have been released already`,
    );
}

function policyOf(given: Given): ReleasePolicy {
    return {
        unshare: given.unshare,
        children: given["keep-children"] ? "retain" : "delete",
        ifInUse: chosen(["block", "wait", "retain"], given["if-in-use"]),
    };
}

/** Of a release that was interrupted when the image was gone already. */
function planOfRest(account: OpenedAccount, wanted: string, rest: readonly ReleaseStep[]): ShownPlan {
    if (rest.length === 0) throw notThere(account, wanted);
    const what = `what is left of image ${wanted}`;
    return { what, steps: rest.map((step) => step.what), blockedBy: [] };
}

async function planOf(
    context: HandlerContext,
    found: FoundImage,
    { account, policy, isForced }: { account: OpenedAccount; policy: ReleasePolicy; isForced: boolean },
): Promise<ShownPlan> {
    const { what, steps, kept, obstacles } = await plannedRelease(context, found, policy);
    const known = ownerOf(found.image, account.holders);
    const holder = known && !known.holder ? await findHolder(found.image.id) : known?.holder;
    const owner = known && { ...known, holder };
    const { isStateRead } = account;
    const blockedBy = blocksOf({ obstacles, owner, image: found.image, isForced, isStateRead });
    return { what, image: found.image.id, steps: blockedBy.length > 0 ? [] : steps, kept, blockedBy };
}

import { UserError } from "../clouds/errors";
import { type FoundImage, findImage } from "../inventory/findImage";
import { ownerOf } from "../inventory/imageStatus";
import { leftBehind } from "../inventory/leftBehind";
import { carryOut, plannedRelease } from "../inventory/release";
import type { HandlerContext } from "../pulumi/dynamic/handler";
import { type ReleasePolicy, type ReleaseStep, release as runSteps } from "../reconcile/deletionPlan";
import { releaseCommand } from "./commands/release";
import { findHolder } from "./findHolder";
import { interruptible } from "./interruptible";
import { changingStep, lookingStep } from "./lookingStep";
import { contextOf, type OpenedAccount, openAccount } from "./openAccount";
import { chosen, parsed } from "./parsed";
import { blocksOf, type ShownPlan, textOf } from "./releasePlan";
import { agreed, canAsk, type ProgressLine, progressLine } from "./terminal";
import { UsageError } from "./usageError";

type Options = ReturnType<typeof parsed<(typeof releaseCommand)["options"]>>["values"];

/** `machine-images release` */
export async function release(argv: string[]): Promise<void> {
    const { values, positionals } = parsed(releaseCommand, argv);
    const [wanted = ""] = positionals;
    if (!values["dry-run"] && !values.yes && !canAsk()) {
        throw new UsageError(
            "cannot ask for confirmation without a terminal: set --yes, or --dry-run to print the plan",
        );
    }
    const account = await openAccount(releaseCommand, values);
    const progress = progressLine();
    const run: Run = { account, wanted, options: values, progress, isChanging: false };
    const onInterrupt = () => {
        progress.clear();
        if (run.isChanging)
            process.stderr.write("machine-images: interrupted: run the same command again to continue\n");
    };
    const isUnblocked = await interruptible(onInterrupt, () => planAndRelease(run)).finally(progress.clear);
    // An embedded simulator would keep this process alive.
    process.stdout.write("", () => process.exit(isUnblocked ? 0 : 1));
}

/** One call of the command. */
interface Run {
    readonly account: OpenedAccount;
    /** Id or name. */
    readonly wanted: string;
    readonly options: Options;
    readonly progress: ProgressLine;
    /** Whether the first change has started. */
    isChanging: boolean;
}

/** Plans, asks, deletes. Resolves to false if something blocks the deletion. */
async function planAndRelease(run: Run): Promise<boolean> {
    const { account, wanted, options, progress } = run;
    const policy = policyOf(options);
    const { found, plan } = await findAndPlan(run, policy);
    progress.clear();
    const shown = (isReleased: boolean) => JSON.stringify({ ...plan, isReleased }, undefined, 2);
    const isEnd = options["dry-run"] || plan.kept !== undefined || plan.blockedBy.length > 0;
    if (!options.json) process.stdout.write(textOf(plan));
    else if (isEnd) process.stdout.write(`${shown(false)}\n`);
    if (isEnd) return plan.blockedBy.length === 0;
    if (!options.yes && !(await agreed(`Delete ${plan.what}?`))) throw new UserError("cancelled: nothing was changed");

    // While a step waits, it reports the same text again as progress.
    const remaining = [...plan.steps];
    const report = (message: string) => {
        if (remaining[0] !== message) return progress.show(message);
        remaining.shift();
        progress.clear();
        if (!options.json) process.stdout.write(`${message}\n`);
    };
    const step = changingStep(report);
    const working = contextOf(account.clouds(true), step);
    run.isChanging = true;
    await step.run(async () => {
        if (found) await carryOut(working, found, policy);
        else await runSteps(await leftBehind(working, account.places, wanted), report);
    });
    progress.clear();
    process.stdout.write(options.json ? `${shown(true)}\n` : `deleted ${plan.what}\n`);
    return true;
}

/** Finds the image and plans its deletion. Changes nothing. */
function findAndPlan({ account, wanted, options, progress }: Run, policy: ReleasePolicy) {
    const step = lookingStep(progress.show);
    const context = contextOf(account.clouds(false), step);
    return step.run(async () => {
        const found = await findImage(context, account.places, wanted);
        const plan = found
            ? await planOf(context, found, { account, policy, isForced: options["even-if-managed"] === true })
            : remainingPlan(account, wanted, await leftBehind(context, account.places, wanted));
        return { found, plan };
    });
}

function notFound({ places }: OpenedAccount, wanted: string): UserError {
    const where = places.map(({ type, region }) => `${type} ${region}`).join(", ");
    return new UserError(
        `cannot find image ${wanted} in ${where}: the account has no own image with this id or name. Correct the id, the ` +
            "name or the region (`machine-images status` lists them). The image may already have been deleted",
    );
}

function policyOf(options: Options): ReleasePolicy {
    return {
        unshare: options.unshare,
        children: options["keep-children"] ? "retain" : "delete",
        ifInUse: chosen(["block", "wait", "retain"], options["if-in-use"]),
    };
}

/** The plan after an interruption, when the image itself was already deleted. */
function remainingPlan(account: OpenedAccount, wanted: string, steps: readonly ReleaseStep[]): ShownPlan {
    if (steps.length === 0) throw notFound(account, wanted);
    const what = `remaining children of image ${wanted}`;
    return { what, steps: steps.map((step) => step.what), blockedBy: [] };
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

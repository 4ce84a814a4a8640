import { readAccount } from "../inventory/readAccount";
import { treeOf } from "../inventory/tree";
import { statusCommand } from "./commands/status";
import { interruptible } from "./interruptible";
import { lookingStep } from "./lookingStep";
import { contextOf, openAccount } from "./openAccount";
import { parsed } from "./parsed";
import { lookOf, progressLine } from "./terminal";

/** `machine-images status` */
export async function status(argv: string[]): Promise<void> {
    const { values } = parsed(statusCommand, argv);
    const { places, holders, clouds } = await openAccount(statusCommand, values);
    const progress = progressLine();
    const step = lookingStep(progress.show);
    const reached = clouds(false);
    const context = contextOf(reached, step);
    const look = () => step.run(() => readAccount(context, places, holders));
    const regions = await interruptible(progress.clear, look).finally(progress.clear);
    const text = values.json
        ? `${JSON.stringify(regions, undefined, 2)}\n`
        : treeOf(regions, { look: lookOf(), now: await reached.date?.() });
    // An embedded simulator that was asked would go on serving, and keep this process alive.
    process.stdout.write(text, () => process.exit());
}

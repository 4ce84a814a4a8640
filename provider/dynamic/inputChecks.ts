import { z } from "zod";
import { UserError } from "../clouds/errors";
import { findProblems, instead, isCreation } from "./checks";
import type { Handler, Problem } from "./handler";
import { withImageUse } from "./imageUse";
import { inputProblems } from "./inputProblems";
import { type Properties, plainJson } from "./plainJson";
import { withoutPlumbing } from "./plumbing";
import { protectionProblems } from "./standingOptions";
import type { Step } from "./step";
import { hasUnknown } from "./unknown";

/** What the program says beside the inputs. */
export interface Beside {
    /** Of the image that it gives. */
    imageUse: unknown;
    /** The engine leaves an old object alone. */
    isRetained: boolean;
}

/** What is wrong with inputs, from what is free to find out to what a cloud has to be asked for. */
export function inputChecks<Inputs extends object, State extends object>(handler: Handler<Inputs, State>) {
    function parse(properties: Properties): Inputs {
        const parsed = handler.inputs.safeParse(withoutPlumbing(properties));
        if (parsed.success) return parsed.data;
        throw new UserError(z.prettifyError(parsed.error));
    }

    function parseOlds(olds: Properties): Inputs | undefined {
        const known = handler.inputs.safeParse(withoutPlumbing(olds));
        return known.success ? known.data : undefined;
    }

    async function preflight({ surroundings }: Step, inputs: Properties, olds: Properties): Promise<Problem[]> {
        if (!handler.preflight || hasUnknown(inputs)) return [];
        return handler.preflight({ ...surroundings, news: parse(inputs), olds: parseOlds(olds) });
    }

    async function foreseen({ surroundings }: Step, inputs: Properties, olds: Properties) {
        if (!handler.foresee) return { inputs: {}, problems: [] };
        return handler.foresee({ ...surroundings, inputs, olds: parseOlds(olds) });
    }

    /** What the inputs, or a change of them, get wrong; nothing is asked of a cloud. */
    function knownProblems(olds: Properties, inputs: Properties, seen: Properties, isRetained: boolean): Problem[] {
        const { replaceOn } = handler;
        const isNew = Object.keys(withoutPlumbing(olds)).length === 0;
        return [
            ...inputProblems(handler, inputs, seen),
            ...protectionProblems({ replaceOn, olds, news: inputs, isRetained }),
            ...(isNew || isRetained ? [] : (handler.replacementProblems?.({ olds, news: inputs }) ?? [])),
        ];
    }

    async function withChecks({ surroundings }: Step, known: Problem[], olds: Properties, seen: Properties) {
        if (!isCreation(handler.replaceOn, withoutPlumbing(olds), seen)) return known;
        const stages = handler.checks ?? [];
        if (known.length === 0) return findProblems(stages, surroundings, seen);
        return instead(known, () => findProblems(stages.slice(0, 1), surroundings, seen));
    }

    return {
        /** @throws UserError when they are no inputs of the resource */
        parse,

        /** The problems, and the inputs that the handler adds for a preview to show. */
        async problemsOf(
            step: Step,
            olds: Properties,
            inputs: Properties,
            { imageUse, isRetained }: Beside,
        ): Promise<{ failures: Problem[]; ahead: Properties }> {
            const seen = withImageUse(inputs, imageUse);
            const known = knownProblems(olds, inputs, seen, isRetained);
            const failures = await step.run(() => withChecks(step, known, olds, seen));
            if (failures.length > 0) return { failures, ahead: {} };
            const ahead = await step.run(() => foreseen(step, inputs, olds));
            if (ahead.problems.length > 0) return { failures: ahead.problems, ahead: ahead.inputs };
            const all = plainJson({ ...inputs, ...ahead.inputs });
            return { failures: await step.run(() => preflight(step, all, olds)), ahead: ahead.inputs };
        },
    };
}

import { UserError } from "../../clouds/errors";
import { findProblems, instead, isCreation } from "./checks";
import { changedInputs, inputNames, onlyInputs, protectionProblems, wouldDelete } from "./commonOptions";
import type { DoomedObjects, Handler, Problem } from "./handler";
import { imageUse, withImageUse } from "./imageUse";
import { inputProblems, schemaProblems, shownProblem } from "./inputProblems";
import { type Properties, plainJson } from "./plainJson";
import { withoutPlumbing } from "./plumbing";
import { previousVersionsOf } from "./previousVersions";
import type { CurrentObject } from "./run";
import type { Step } from "./step";
import { hasUnknown } from "./unknown";

/** Context of a check besides the resource's inputs. */
export interface Beside {
    urn: string;
    /** What the program declares about the image that it passes. */
    imageUse: unknown;
    /** The engine keeps the old object. */
    isRetained: boolean;
    /** The object that a new one replaces. Set in the engine's second check, which has no old inputs. */
    replaced?: CurrentObject;
    /** Whether it is replaced although no input has changed. */
    isForced: boolean;
    isPreview: boolean;
}

/** The inputs of a check and their context. */
interface Checked extends Beside {
    olds: Properties;
    inputs: Properties;
    /** The inputs with what the program declares about the image. */
    seen: Properties;
}

/** Checks inputs, first without and then with requests to a cloud. */
export function inputChecks<Inputs extends object, State extends object>(handler: Handler<Inputs, State>) {
    const names = inputNames(handler.inputs);

    function parse(properties: Properties): Inputs {
        const given = withoutPlumbing(properties);
        const parsed = handler.inputs.safeParse(given);
        if (parsed.success) return parsed.data;
        const problems = schemaProblems(handler.inputs, given, handler.furtherNames);
        throw new UserError(problems.map((problem) => shownProblem(problem).reason).join("; "));
    }

    function parseOlds(olds: Properties): Inputs | undefined {
        const known = handler.inputs.safeParse(withoutPlumbing(olds));
        return known.success ? known.data : undefined;
    }

    async function preflight({ context }: Step, inputs: Properties, olds: Properties): Promise<Problem[]> {
        if (!handler.preflight || hasUnknown(inputs)) return [];
        return handler.preflight({ ...context, news: parse(inputs), olds: parseOlds(olds) });
    }

    async function previewedInputs({ context }: Step, { inputs, seen, olds, isPreview }: Checked) {
        if (!handler.previewInputs) return { inputs: {}, problems: [] };
        const use = imageUse.optional().catch(undefined).parse(seen.imageUse);
        return handler.previewInputs({ ...context, isPreview, inputs, imageUse: use, olds: parseOlds(olds) });
    }

    /** Problems of the inputs or of a change of them. Makes no request to a cloud. */
    function knownProblems({ olds, inputs, seen, isRetained, replaced, isForced }: Checked): Problem[] {
        const { replaceOn } = handler;
        const before = isForced && replaced ? replaced.properties : olds;
        const isNew = Object.keys(withoutPlumbing(before)).length === 0;
        const isReplaced = !isNew && (isForced || isCreation(replaceOn, olds, inputs));
        return [
            ...inputProblems(handler, inputs, seen),
            ...protectionProblems({ replaceOn, olds: before, news: inputs, isRetained, isForced }),
            ...(isReplaced && !isRetained ? (handler.replacementProblems?.(inputs) ?? []) : []),
        ];
    }

    /**
     * Reasons why deletions of this change are certain to fail. A replacement is checked after the engine has decided
     * on it.
     */
    async function doomedProblems({ context }: Step, checked: Checked): Promise<Problem[]> {
        const { urn, olds, inputs, replaced, isRetained, isForced } = checked;
        const before = replaced?.properties ?? olds;
        const isReplacement = isCreation(handler.replaceOn, before, inputs);
        const known = parseOlds(onlyInputs(names, before));
        if (!handler.doomedProblems || !known || (replaced ? isRetained : isReplacement)) return [];
        const kept = previousVersionsOf(inputs);
        const isCertain = !replaced || isForced || changedInputs(handler.replaceOn, before, inputs).length > 0;
        const objects: DoomedObjects = {
            replaced: replaced && !kept.includes(replaced.id) ? replaced.id : undefined,
            versions: previousVersionsOf(before).filter((id) => !kept.includes(id)),
            isCertain,
            onDelete: inputs.onDelete,
        };
        if (objects.replaced === undefined && objects.versions.length === 0) return [];
        return handler.doomedProblems({ ...context, urn, olds: known, objects });
    }

    async function withChecks({ context }: Step, known: Problem[], { olds, seen, isPreview }: Checked) {
        const work = { ...context, isPreview };
        if (!isCreation(handler.replaceOn, withoutPlumbing(olds), seen)) return known;
        const stages = handler.checks ?? [];
        if (known.length === 0) return findProblems(stages, work, seen);
        return instead(known, () => findProblems(stages.slice(0, 1), work, seen));
    }

    return {
        /** @throws UserError if the properties are not valid inputs of the resource */
        parse,

        /** The problems, and the inputs that the handler adds for a preview to show. */
        async problemsOf(
            step: Step,
            olds: Properties,
            inputs: Properties,
            beside: Beside,
        ): Promise<{ failures: Problem[]; ahead: Properties }> {
            const seen = withImageUse(inputs, beside.imageUse);
            const checked = { ...beside, olds, inputs, seen };
            warnOfProtection(step, checked);
            const failures = await step.run(() => withChecks(step, knownProblems(checked), checked));
            if (failures.length > 0) return { failures, ahead: {} };
            const doomed = await step.run(() => doomedProblems(step, checked));
            if (doomed.length > 0) return { failures: doomed, ahead: {} };
            const ahead = await step.run(() => previewedInputs(step, checked));
            if (ahead.problems.length > 0) return { failures: ahead.problems, ahead: ahead.inputs };
            const all = plainJson({ ...inputs, ...ahead.inputs });
            return { failures: await step.run(() => preflight(step, all, olds)), ahead: ahead.inputs };
        },
    };
}

/** An unknown input may turn out to be unchanged, so this is only a warning. */
function warnOfProtection({ context }: Step, { inputs, isRetained, replaced, isForced }: Checked): void {
    if (!replaced || isForced || isRetained || !wouldDelete(replaced.properties, inputs)) return;
    context.warn(
        `${replaced.id} is protected from deletion, and this change may replace it: if it does, up fails. ` +
            'Set deleteProtection: false and run "pulumi up" first',
    );
}

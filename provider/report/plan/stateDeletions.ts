import { z } from "zod";
import { type EngineStep, engineState, ownType } from "./engineState";
import { objectKey } from "./pendingDeletions";
import { shallow } from "./shallow";

/** What a stack's state shows about the next `up` that its preview may not show. */
export interface StackState {
    /** The prefix of all URNs of the stack; undefined if it has no resource. */
    urnPrefix?: string;
    /** The deletions that an earlier run left. */
    deletions: readonly EngineStep[];
}

const exported = z.object({ deployment: z.object({ resources: z.array(z.unknown()).nullish() }) });
const pending = engineState.extend({ delete: z.literal(true) });

/** Reads the output of `pulumi stack export`. */
export function readState(state: unknown): StackState {
    const all = exported.parse(shallow(state)).deployment.resources ?? [];
    const first = z.object({ urn: z.string() }).safeParse(all[0]).data?.urn;
    const deletions = all.flatMap((one): EngineStep[] => {
        const { data } = pending.safeParse(one);
        if (!data || ownType(data.urn) === undefined) return [];
        const { urn } = data;
        return [{ op: "delete-replaced", urn, olds: data, news: undefined, replaceReasons: [], differences: {} }];
    });
    return { ...(first !== undefined && { urnPrefix: urnPrefix(first) }), deletions };
}

/** "urn:pulumi:dev::shop::" */
const urnPrefix = (urn: string): string => `${urn.split("::").slice(0, 2).join("::")}::`;

export const isOfStack = (steps: readonly EngineStep[], { urnPrefix: prefix }: StackState): boolean =>
    prefix === undefined || steps.every(({ urn }) => urn.startsWith(prefix));

/** Whether a preview lists both halves of each replacement (--show-replacement-steps), and therefore all deletions. */
export const listsReplacementSteps = (steps: readonly EngineStep[]): boolean =>
    steps.some(({ op }) => op === "create-replacement" || op === "delete-replaced");

/** A preview's steps and the deletions that it omits. */
export function withDeletions(steps: EngineStep[], state: StackState): EngineStep[] {
    if (listsReplacementSteps(steps) || !isOfStack(steps, state)) return steps;
    const listed = new Set(
        steps.flatMap(({ op, urn, olds }) => (op === "delete" ? [objectKey(olds?.urn ?? urn, olds?.id)] : [])),
    );
    return [...steps, ...state.deletions.filter(({ urn, olds }) => !listed.has(objectKey(urn, olds?.id)))];
}

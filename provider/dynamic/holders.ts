import type { Run } from "./run";
import type { Holding, StackStates, UnfinishedCreates } from "./stackStates";

/** Who holds an object: first what this run has seen, then what the states of stacks say. */
export interface Holders {
    /** Whether this run has seen that the state holds the object, or has created it. */
    isHeldHere(id: string): boolean;
    /** Whether the state of any stack holds the object. */
    holding(id: string): Promise<Holding>;
    /** Creates of a resource of this type, parents and name that have begun and not ended. */
    unfinishedCreates(urn: string): Promise<UnfinishedCreates>;
}

export function holdersOf(run: Run, states: StackStates): Holders {
    return {
        isHeldHere: (id) => run.isHeld(id),
        holding: async (id) => (run.isHeld(id) ? "held" : states.holding(id)),
        unfinishedCreates: (urn) => states.unfinishedCreates(urn),
    };
}

/** Outside a run nothing is known, so nothing is taken for free. */
export const unknownHolders: Holders = {
    isHeldHere: () => false,
    holding: async () => "unknown",
    unfinishedCreates: async () => ({ here: [], areElsewhere: false }),
};

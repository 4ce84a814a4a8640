import type { Owner } from "./owner";
import type { Properties } from "./plainJson";
import type { Run } from "./run";
import type { Holding, StackStates, StoredResource, UnfinishedCreates } from "./stackStates";

/** Who holds an object: first what this run has seen, then what the states of stacks say. */
export interface Holders {
    /** Whether this run has seen that the state holds the object, or has created it. */
    isHeldHere(id: string): boolean;
    /** Whether the state of any stack holds the object. */
    holding(id: string): Promise<Holding>;
    /** The inputs of the other resources of the program that have this value of an input. */
    othersWith(owner: Owner | undefined, input: { name: string; value: unknown }): Promise<Properties[]>;
    /** The resources of all stacks with this value of an input, as their states have them. */
    storedWith(input: { name: string; value: unknown }): Promise<readonly StoredResource[] | "unknown">;
    /** Creates of a resource of this type, parents and name that have begun and not ended. */
    unfinishedCreates(urn: string): Promise<UnfinishedCreates>;
}

export function holdersOf(run: Run, states: StackStates): Holders {
    return {
        isHeldHere: (id) => run.isHeld(id),
        holding: async (id) => (run.isHeld(id) ? "held" : states.holding(id)),
        // Of this program only: reading the states takes longer than what waits for the share to be deleted.
        othersWith: async (owner, { name, value }) =>
            run.declaredBeside(owner).filter((inputs) => inputs[name] === value),
        storedWith: ({ name, value }) => states.withInput(name, value),
        unfinishedCreates: (urn) => states.unfinishedCreates(urn),
    };
}

/** Outside a run nothing is known, so nothing is taken for free. */
export const unknownHolders: Holders = {
    isHeldHere: () => false,
    holding: async () => "unknown",
    othersWith: async () => [],
    storedWith: async () => "unknown",
    unfinishedCreates: async () => ({ here: [], areElsewhere: false }),
};
